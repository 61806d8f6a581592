"""The summary: sentences put together from what the record holds, each with its support.

The model points at the statement that tells best what came out; no sentence is its own, so that
nothing can be in the summary that is not in the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, create_model

from summarizer.analysis import Candidate, Event, Reading
from summarizer.article import Span
from summarizer.extract.assemble import in_order
from summarizer.extract.cast import joined_names
from summarizer.extract.meetings import Gathering
from summarizer.extract.numbered import numbered
from summarizer.extract.questions import Question, Questions
from summarizer.extract.speakers import Spoken
from summarizer.extract.topics import is_borne_out
from summarizer.lexicon import Phrases
from summarizer.record import Summary, Supported

_MAX_TOKENS = 16
_CHOICES = 8
_MEETINGS = 6
_SHORTEST = 5


def summary(
    reading: Reading,
    met: Sequence[Gathering],
    topics: Sequence[Supported],
    spoken: Sequence[Spoken],
    questions: Questions,
) -> Summary | None:
    """Two or three sentences; null if the prompt does not ask for a summary."""
    if not questions.asks("summary"):
        return None
    sentences = [_meeting(reading, gathering) for gathering in met[:_MEETINGS]]
    if not sentences and (lead := _lead(reading)) is not None:
        sentences = [_quoted(lead)]
    if topics and met and (line := _topics(reading, met[0], topics)) is not None:
        sentences.append(line)
    told = _told(reading, spoken, questions)
    if told is not None:
        sentences.append(told)
    kept = [s for s in sentences if is_borne_out(s, reading)]
    return Summary(text=" ".join(s.text for s in kept), sentences=kept)


def _meeting(reading: Reading, gathering: Gathering) -> Supported:
    """Who met whom, how, where and when.

    Where only one is known, and for a language without templates, it is the article's sentence.
    """
    words, event = reading.words.summary, gathering.event
    if event.status not in words or len(gathering.participants) < 2:
        return _quoted(event.sentence)
    support = [event.sentence, *(figure.mentions[0].span for figure in gathering.participants)]
    people = joined_names([_introduced(f) for f in gathering.participants], words["and"])
    verb = words["exchange"] if event.mode == "correspondence" else words[event.kind]
    text = words[event.status].format(people=people, verb=verb, details=_details(reading, event))
    return Supported(text=text[0].upper() + text[1:], support=in_order(support))


def _introduced(figure: Candidate) -> str:
    """A name with country and role in brackets; of someone unnamed the article's words."""
    role, country = figure.first("role"), figure.country
    if role is None or not figure.named:
        return figure.name
    own = country is not None and figure.spoken_for is None
    abroad = own and country is not None and country[1].text not in role.text
    described = f"{country[1].text} {role.text}" if country and abroad else role.text
    return f"{figure.name} ({described})"


def _details(reading: Reading, event: Event) -> str:
    """How, where and when: ` by video on January 31`."""
    words, details = reading.words.summary, ""
    if event.mode in words and event.mode != "correspondence":
        details += f" {words[event.mode]}"
    if event.place is not None:
        before = (reading.text[: event.place.start].split() or [""])[-1]
        known = before if before in reading.words.places.before else words["in"]
        details += f" {known} {event.place.text}"
    if event.date is not None:
        day = event.date.span.text
        on = words["on"] if event.date.offset is None else ""
        details += f" {on} {day}" if on else f" {day}"
    return details


def _topics(
    reading: Reading, gathering: Gathering, topics: Sequence[Supported]
) -> Supported | None:
    words = reading.words.summary
    if "topics" not in words or gathering.event.status != "held":
        return None
    listed = joined_names([topic.text for topic in topics], words["and"])
    support = [span for topic in topics for span in topic.support]
    return Supported(text=words["topics"].format(topics=listed), support=in_order(support))


def _told(reading: Reading, spoken: Sequence[Spoken], questions: Questions) -> Supported | None:
    """The reported statement that the model points at, with its speaker's name."""
    able = [
        s
        for s in spoken
        if s.speaker is not None
        and s.attribution.quote_type == "indirect"
        and len(s.attribution.spans[0].text.split()) >= _SHORTEST
    ][:_CHOICES]
    if not able:
        return None
    chosen = able[0]
    if len(able) > 1:
        kind: Any = Literal[tuple(range(1, len(able) + 1))]
        answer_type: type[BaseModel] = create_model("Best", sentence=(kind, ...))
        clauses = [s.attribution.spans[0] for s in able]
        question = Question({"sentences": numbered(clauses)}, answer_type, max_tokens=_MAX_TOKENS)
        answer = questions.one("summary", question, about=clauses)
        chosen = able[answer.value.model_dump()["sentence"] - 1]
    clause = chosen.attribution.spans[0]
    words = reading.words.summary
    if "said" not in words or chosen.speaker is None or not _is_clause(reading, chosen):
        whole = next(s for s in reading.sentences if clause.within(s) or clause.overlaps(s))
        return _quoted(whole)
    text = words["said"].format(speaker=chosen.speaker.name, clause=clause.text)
    source = chosen.attribution.source
    support = [clause, *([source.span] if source else [])]
    return Supported(text=text[0].upper() + text[1:], support=in_order(support))


def _is_clause(reading: Reading, spoken: Spoken) -> bool:
    """Whether a word like `that` stands between cue and content: `reaffirmed the plan` has none."""
    cue, clause = spoken.attribution.cue, spoken.attribution.spans[0]
    if cue is None or cue.end > clause.start:
        return False
    return Phrases(reading.words.speech.that).within(reading.text[cue.end : clause.start])


def _lead(reading: Reading) -> Span | None:
    """The first sentence that is no headline; null if none is left to be read."""
    long = [s for s in reading.sentences if len(s.text.split()) > _SHORTEST and s.text[-1] in ".!?"]
    return next(iter(long or reading.sentences), None)


def _quoted(span: Span) -> Supported:
    """The article's own sentence, white space folded."""
    return Supported(text=" ".join(span.text.split()), support=[span])
