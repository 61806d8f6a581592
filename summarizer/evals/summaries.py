"""What a summary tells of the gold: its meetings, its people, its topics.

A name is told if every word of an accepted form stands in the summary, or its last word does; a
meeting, if one sentence tells at least half of its required participants; a topic, if at least half
of its content words (four letters or more) do. The article's first two sentences are held to the
same topics, as the summary that costs nothing ("lead-2", the usual baseline of news summarization).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article import sentences
from summarizer.evals.counts import Tally
from summarizer.evals.gold import Fixture, GoldMeeting
from summarizer.evals.names import GoldName
from summarizer.evals.normalise import words
from summarizer.record import Summary

_LEAD = 2
_HALF = 0.5
_CONTENT = 4
_PREFIX = 5  # letters that two forms of one word share


def score_summary(summary: Summary | None, fixture: Fixture) -> dict[str, Tally]:
    """How many required meetings, participants and topics the summary tells, and the lead topics.

    Keys are `summary/meetings`, `summary/participants`, `summary/topics` and `lead/topics`.
    """
    text = summary.text if summary else ""
    told = [one.text for one in summary.sentences] if summary else []
    required = [meeting for meeting in fixture.meetings if not meeting.optional]
    people = dict.fromkeys(who for meeting in required for who in _required(meeting))
    topics = [topic for meeting in required for topic in meeting.entry.topics]
    lead = " ".join(span.text for span in sentences(fixture.text)[:_LEAD])
    return {
        "summary/meetings": _tally(_is_told(meeting, told) for meeting in required),
        "summary/participants": _tally(_is_named(who, text) for who in people),
        "summary/topics": _tally(_holds(text, topic) for topic in topics),
        "lead/topics": _tally(_holds(lead, topic) for topic in topics),
    }


def _tally(answers: Iterator[bool]) -> Tally:
    found = list(answers)
    return Tally(right=sum(found), omission=len(found) - sum(found))


def _required(meeting: GoldMeeting) -> list[GoldName]:
    return [person.who for person in meeting.participants if not person.optional]


def _is_told(meeting: GoldMeeting, told: Sequence[str]) -> bool:
    people = _required(meeting) or [person.who for person in meeting.participants]
    shares = (sum(_is_named(who, sentence) for who in people) for sentence in told)
    return any(share >= _HALF * len(people) for share in shares)


def _is_named(who: GoldName, text: str) -> bool:
    present = set(words(text))
    forms = [key.split() for key in who.keys]
    return any(
        form and (present.issuperset(form) or form[-1] in present or _unspaced(form, text))
        for form in forms
    )


def _unspaced(form: Sequence[str], text: str) -> bool:
    """Whether a name of a script without spaces stands in the text."""
    return re.fullmatch(r"[\u3040-\u9fff]+", "".join(form)) is not None and "".join(form) in text


def _holds(text: str, topic: str) -> bool:
    content = [word for word in words(topic) if len(word) >= _CONTENT] or list(words(topic))
    stems = {word[:_PREFIX] for word in words(text)}
    found = sum(word[:_PREFIX] in stems or _unspaced([word], text) for word in content)
    return bool(content) and found >= _HALF * len(content)
