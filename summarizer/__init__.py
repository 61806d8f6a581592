"""News articles about official meetings, turned into verified records."""
