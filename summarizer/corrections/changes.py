"""What can be corrected in a record: one class for each kind of change.

A change names the part by its id, what stood there, and what should. It is refused as stale where
something else stands there by now.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.article import Span
from summarizer.corrections.working import Working
from summarizer.record import Meeting, MeetingDate, Person, Statement

_ID = Annotated[str, Field(min_length=1, max_length=200)]


class _Value(BaseModel):
    """A part of a corrections file; a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DateValue(_Value):
    """A date and the article's words for it."""

    edtf: str = Field(min_length=1)
    span: Span


class NewStatement(_Value):
    """A statement that the record has not; `content` is its words as the reader marked them."""

    id: _ID
    speaker: str | None
    content: list[Span] = Field(min_length=1)
    cue: Span | None = None
    speaker_mention: Span | None = None
    meeting: str | None = None


class NewPerson(_Value):
    """A person that the record has not, by the words that name them."""

    id: _ID
    name: Span


class _Change(_Value):
    """One correction. `when` is its time (ISO 8601); `field` the path that it is about."""

    when: str | None = None

    @abstractmethod
    def apply(self, work: Working) -> str:
        """Change the record; the path of what has changed, as it was before.

        Raises:
            summarizer.corrections.working.Stale: what should be there is not.
            ValueError: the new value cannot be.
        """


class _OfStatement(_Change):
    id: _ID

    def _find(self, work: Working) -> tuple[int, Statement]:
        return work.find(work.record.statements, self.id, "statement")


class _OfMeeting(_Change):
    id: _ID

    def _find(self, work: Working) -> tuple[int, Meeting]:
        return work.find(work.record.meetings, self.id, "meeting")


class SpeakerChange(_OfStatement):
    """Who says it: ids of persons, or null where the article does not let one tell."""

    kind: Literal["speaker"] = "speaker"
    old: str | None
    new: str | None

    def apply(self, work: Working) -> str:
        """Set the speaker; what told the one before, and how surely, says nothing of this one."""
        index, statement = self._find(work)
        work.expect(statement.speaker, self.old)
        told = {"speaker": work.person(self.new), "confidence": None, "decided_by": None}
        work.put(work.record.statements, index, told)
        return f"statements[{index}].speaker"


class ContentChange(_OfStatement):
    """The words that are said; type and quoted parts follow from the article's marks."""

    kind: Literal["content"] = "content"
    old: list[Span]
    new: list[Span] = Field(min_length=1)

    def apply(self, work: Working) -> str:
        """Set the spans, the text and the type."""
        index, statement = self._find(work)
        work.expect(work.shown(statement.content_spans), self.old)
        work.put(work.record.statements, index, work.words(self.new))
        return f"statements[{index}].content_spans"


class WordsChange(_OfStatement):
    """The cue of a statement, or the words that name its speaker."""

    kind: Literal["cue", "speaker_mention"]
    old: Span | None
    new: Span | None

    def apply(self, work: Working) -> str:
        """Set the span."""
        index, statement = self._find(work)
        before: Span | None = getattr(statement, self.kind)
        work.expect(work.shown_span(before), self.old)
        work.put(work.record.statements, index, {self.kind: work.located_or_none(self.new)})
        return f"statements[{index}].{self.kind}"


class DateChange(_OfMeeting):
    """When a meeting was or will be; null if the article gives no date."""

    kind: Literal["date"] = "date"
    old: DateValue | None
    new: DateValue | None

    def apply(self, work: Working) -> str:
        """Set the date with its words."""
        index, meeting = self._find(work)
        before = meeting.date
        shown = before and DateValue(edtf=before.edtf, span=work.shown([before.span])[0])
        work.expect(shown, self.old)
        date = None
        if self.new is not None:
            span = work.located(self.new.span)
            date = MeetingDate(edtf=self.new.edtf, text=span.text, span=span)
        work.put(work.record.meetings, index, {"date": date})
        return f"meetings[{index}].date"


class ParticipantsChange(_OfMeeting):
    """Who took part: ids of persons."""

    kind: Literal["participants"] = "participants"
    old: list[str]
    new: list[str]

    def apply(self, work: Working) -> str:
        """Set the participants."""
        index, meeting = self._find(work)
        work.expect(meeting.participants, self.old)
        work.put(work.record.meetings, index, {"participants": [*map(work.person, self.new)]})
        return f"meetings[{index}].participants"


class RemovedStatement(_OfStatement):
    """A statement that the article does not have."""

    kind: Literal["remove_statement"] = "remove_statement"
    old: list[Span]
    new: None = None

    def apply(self, work: Working) -> str:
        """Take the statement out."""
        index, statement = self._find(work)
        work.expect(work.shown(statement.content_spans), self.old)
        work.remove_statement(index)
        return f"statements[{index}]"


class AddedStatement(_Change):
    """A statement that the record has left out."""

    kind: Literal["add_statement"] = "add_statement"
    old: None = None
    new: NewStatement

    @property
    def id(self) -> str:
        """Of the statement."""
        return self.new.id

    def apply(self, work: Working) -> str:
        """Put the statement where it stands in the article."""
        new = self.new
        work.unused(work.record.statements, new.id)
        fields = {
            "id": new.id,
            "meeting": new.meeting,
            "speaker": work.person(new.speaker),
            "cue": work.located_or_none(new.cue),
            "speaker_mention": work.located_or_none(new.speaker_mention),
        }
        statement = Statement.model_validate({**fields, **work.words(new.content)})
        return f"statements[{work.insert_statement(statement)}]"


class AddedPerson(_Change):
    """Someone whom the record does not know yet."""

    kind: Literal["add_person"] = "add_person"
    old: None = None
    new: NewPerson

    @property
    def id(self) -> str:
        """Of the person."""
        return self.new.id

    def apply(self, work: Working) -> str:
        """Put the person behind the others."""
        work.unused(work.record.persons, self.new.id)
        name = work.located(self.new.name)
        work.record.persons.append(Person(id=self.new.id, name=name.text, mentions=[name]))
        return f"persons[{len(work.record.persons) - 1}]"


class Reviewed(_Change):
    """The reader has looked through the record; with no other change, it is right as it is."""

    kind: Literal["reviewed"] = "reviewed"
    old: None = None
    new: None = None

    @property
    def id(self) -> str:
        """Of the whole record."""
        return "record"

    def apply(self, work: Working) -> str:
        """Change nothing."""
        return "record"


Change = Annotated[
    SpeakerChange
    | ContentChange
    | WordsChange
    | DateChange
    | ParticipantsChange
    | RemovedStatement
    | AddedStatement
    | AddedPerson
    | Reviewed,
    Field(discriminator="kind"),
]
