"""What the words of an article offer a model to choose from: mentions, speech, meetings, dates."""
