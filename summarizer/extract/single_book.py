"""What the answers about one article come to: each grounded in its part, then told as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.analysis import Reading
from summarizer.extract.assemble import Parts, made_at, unresolved
from summarizer.extract.room import tokens
from summarizer.extract.seams import Part
from summarizer.extract.single_answer import RecordAnswer, SentenceAnswer
from summarizer.extract.single_ground import Ground, Listed, Place, Refusal, shown
from summarizer.extract.single_meetings import Meetings, Met
from summarizer.extract.single_merge import (
    Line,
    Merged,
    merged_lines,
    merged_meetings,
    merged_statements,
)
from summarizer.extract.single_people import Figure, People
from summarizer.extract.single_statements import Said, Statements
from summarizer.record import Check, Summary, Supported, unsupported_terms


class Grounded:
    """One answer, and what of it the article bears out in the part that the model has seen."""

    def __init__(self, ground: Ground, answer: RecordAnswer, before: Sequence[Figure]) -> None:
        self.ground = ground
        self.people = People(ground, answer.persons, before)
        self.met = Meetings(ground, self.people, answer.meetings).met
        self.said = Statements(ground, self.people, answer.statements).said
        self.told = self._lines(answer.summary)

    def _lines(self, answers: Sequence[SentenceAnswer]) -> list[Line]:
        """The sentences of the summary whose support and terms the article has."""
        ground = self.ground
        language = ground.reading.article.language
        kept: list[Line] = []
        for index, answer in enumerate(answers):
            support = ground.locate(answer.support, Place("summary", index, "support"))
            terms = unsupported_terms(answer.text, ground.text, language=language)
            if terms:
                message = f"the article does not have {', '.join(map(shown, terms))}"
                ground.refuse(Place("summary", index, "text"), "terms_not_in_article", message)
            elif support is not None:
                text = " ".join(answer.text.split())
                kept.append(Line(ground.number, index, Supported(text=text, support=[support])))
        return kept


class Book:
    """The answers about the parts of one article, from the first to the last."""

    def __init__(self, reading: Reading) -> None:
        self._ground = Ground(reading)
        self._read: list[Grounded] = []

    def refusals(self, part: Part, answer: RecordAnswer) -> list[Refusal]:
        """The claims of an answer that the article does not bear out."""
        return self._grounded(part, answer).ground.refusals

    def add(self, part: Part, answer: RecordAnswer) -> None:
        """Take in the answer about the next part."""
        self._read.append(self._grounded(part, answer))

    def _grounded(self, part: Part, answer: RecordAnswer) -> Grounded:
        ground = self._ground.part(len(self._read), part.start, part.end)
        return Grounded(ground, answer, self._figures)

    @property
    def _figures(self) -> list[Figure]:
        return self._read[-1].people.figures if self._read else []

    def known(self, reached: int, room: int) -> list[str]:
        """The people and meetings told of so far, a line each; those of last first.

        Args:
            reached: where the next part goes on.
            room: how many tokens the lines may take.
        """
        lines: list[str] = []
        for line in self._lines(reached):
            room -= tokens(line) + 2
            if room < 0:
                break
            lines.append(line)
        return lines

    def _lines(self, reached: int) -> Iterator[str]:
        met = [merged.value for merged in self._meetings()]
        yield from (_meeting_line(one) for one in reversed(met[-3:]))
        last = {
            figure: max((m.start for m in figure.mentions if m.start < reached), default=0)
            for figure in self._figures
        }
        for figure in sorted(last, key=lambda figure: -last[figure]):
            yield f"{figure.name}, {figure.role.text}" if figure.role else figure.name

    def _meetings(self) -> list[Merged]:
        return merged_meetings(met for read in self._read for met in read.met)

    def parts(self) -> Parts:
        """What holds, with ids, and a check for each claim that does not."""
        met = self._meetings()
        said = merged_statements(one for read in self._read for one in read.said)
        told = merged_lines(line for read in self._read for line in read.told)
        figures = self._involved([m.value for m in met], said)
        ids = {figure: f"p{number}" for number, figure in enumerate(figures, 1)}
        meetings = [merged.value.meeting(f"m{n}", ids) for n, merged in enumerate(met, 1)]
        speakers = [ids[one.speaker] if one.speaker else None for one in said]
        where = made_at(meetings, speakers)
        statements = [
            one.statement(f"s{n + 1}", speakers[n], where[n]) for n, one in enumerate(said)
        ]
        sentences = [line.sentence for line in told]
        checks = [
            check
            for number, read in enumerate(self._read)
            for check in _checks(read, _kept(number, read, figures, met, said, told))
        ]
        if len(self._read) > 1:
            # Two parts share the words between them, and the same may be refused of both.
            checks = list({str(check): check for check in checks}.values())
        return Parts(
            persons=[figure.person(ids[figure]) for figure in figures],
            meetings=meetings,
            statements=statements,
            summary=Summary(text=" ".join(s.text for s in sentences), sentences=sentences)
            if sentences
            else None,
            checks=[*unresolved(statements), *checks],
        )

    def _involved(self, met: Sequence[Met], said: Sequence[Said]) -> list[Figure]:
        """Those who took part or are quoted, as they are known in the end, in article order."""
        involved = [figure for one in met for figure in one.participants]
        involved += [one.speaker for one in said if one.speaker is not None]
        latest = {figure: figure for figure in self._figures}
        figures = [latest[figure] for figure in dict.fromkeys(involved)]
        return sorted(figures, key=lambda figure: figure.mentions[0].start)


def _kept(
    number: int,
    read: Grounded,
    figures: Sequence[Figure],
    met: Sequence[Merged],
    said: Sequence[Said],
    told: Sequence[Line],
) -> dict[tuple[Listed, int], int]:
    """The places in the record of what one answer tells, by its places there."""
    indexes = {figure: figure.index for figure in read.people.figures}
    persons = {indexes.get(figure): n for n, figure in enumerate(figures)}
    return {
        **{("persons", index): n for index, n in persons.items() if index is not None},
        **{
            ("meetings", one.index): n
            for n, merged in enumerate(met)
            for one in merged.of
            if one.part == number
        },
        **{("statements", s.index): n for n, s in enumerate(said) if s.part == number},
        **{("summary", line.index): n for n, line in enumerate(told) if line.part == number},
    }


def _checks(read: Grounded, kept: dict[tuple[Listed, int], int]) -> list[Check]:
    return [refusal.check(kept) for refusal in read.ground.refusals]


def _meeting_line(met: Met) -> str:
    """A meeting in a few words of the article."""
    details = [met.date.text if met.date else None, met.place.text if met.place else None]
    names = ", ".join(figure.name for figure in met.participants)
    told = [met.answer.status, met.status.text, *filter(None, details), names]
    return "; ".join(" ".join(words.split()) for words in told if words)
