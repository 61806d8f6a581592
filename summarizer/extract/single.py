"""Everything about an article in one call: the answer is grounded, and what is not in it left out.

For strong models. The model writes; a claim counts only with its own words found in the article.
Claims that do not hold are asked again as often as the model allows, then dropped and listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import Reading
from summarizer.extract.asking import Asker
from summarizer.extract.assemble import Parts, made_at, unresolved
from summarizer.extract.single_answer import RecordAnswer, SentenceAnswer
from summarizer.extract.single_ground import Ground, Part, Place, shown
from summarizer.extract.single_meetings import Meetings
from summarizer.extract.single_people import Figure, People
from summarizer.extract.single_statements import Statements
from summarizer.record import Summary, Supported, unsupported_terms

_LEAST_TOKENS, _CHARACTERS_A_TOKEN = 1600, 3
_TOLD = 8


def single(reading: Reading, asker: Asker) -> Parts:
    """The parts of a record from one question.

    Raises:
        AnswerError: no answer that fits the schema came.
    """

    def check(answer: RecordAnswer) -> None:
        refusals = _Grounded(reading, answer).ground.refusals
        if refusals:
            lines = [refusal.asked() for refusal in refusals[:_TOLD]]
            lines += [f"and {len(refusals) - _TOLD} more"] if len(refusals) > _TOLD else []
            raise ValueError("\n".join([*lines, _AGAIN]))

    article = reading.article
    answer = asker.ask(
        "record",
        {"article": reading.text, "published": article.published},
        RecordAnswer,
        # The quotations are copied, so that a long article takes a long answer.
        max_tokens=max(_LEAST_TOKENS, len(reading.text) // _CHARACTERS_A_TOKEN),
        check=check,
    )
    return _Grounded(reading, answer.value).parts()


_AGAIN = "Copy words exactly as they stand in the article, or leave out what it does not say."


@dataclass(frozen=True)
class _Line:
    index: int
    sentence: Supported


class _Grounded:
    """One answer, and what of it the article bears out."""

    def __init__(self, reading: Reading, answer: RecordAnswer) -> None:
        self._reading = reading
        self.ground = Ground(reading)
        self._people = People(self.ground, answer.persons)
        self._met = Meetings(self.ground, self._people, answer.meetings).met
        self._said = Statements(self.ground, self._people, answer.statements).said
        self._told = self._lines(answer.summary)

    def _lines(self, answers: Sequence[SentenceAnswer]) -> list[_Line]:
        """The sentences of the summary whose support and terms the article has."""
        language = self._reading.article.language
        kept: list[_Line] = []
        for index, answer in enumerate(answers):
            support = self.ground.locate(answer.support, Place("summary", index, "support"))
            terms = unsupported_terms(answer.text, self._reading.text, language=language)
            if terms:
                message = f"the article does not have {', '.join(map(shown, terms))}"
                self.ground.refuse(Place("summary", index, "text"), "terms_not_in_article", message)
            elif support is not None:
                text = " ".join(answer.text.split())
                kept.append(_Line(index, Supported(text=text, support=[support])))
        return kept

    def parts(self) -> Parts:
        """What holds, with ids, and a check for each claim that does not."""
        figures = self._involved()
        ids = {figure: f"p{number}" for number, figure in enumerate(figures, 1)}
        meetings = [met.meeting(f"m{n}", ids) for n, met in enumerate(self._met, 1)]
        speakers = [ids[said.speaker] if said.speaker else None for said in self._said]
        where = made_at(meetings, speakers)
        statements = [
            said.statement(f"s{n + 1}", speakers[n], where[n]) for n, said in enumerate(self._said)
        ]
        sentences = [line.sentence for line in self._told]
        kept: dict[tuple[Part, int], int] = {
            **{("persons", figure.index): n for n, figure in enumerate(figures)},
            **{("meetings", met.index): n for n, met in enumerate(self._met)},
            **{("statements", said.index): n for n, said in enumerate(self._said)},
            **{("summary", line.index): n for n, line in enumerate(self._told)},
        }
        return Parts(
            persons=[figure.person(ids[figure]) for figure in figures],
            meetings=meetings,
            statements=statements,
            summary=Summary(text=" ".join(s.text for s in sentences), sentences=sentences)
            if sentences
            else None,
            checks=[
                *unresolved(statements),
                *(refusal.check(kept) for refusal in self.ground.refusals),
            ],
        )

    def _involved(self) -> list[Figure]:
        """Those who took part or are quoted, in the order of the article."""
        figures = [figure for met in self._met for figure in met.participants]
        figures += [said.speaker for said in self._said if said.speaker is not None]
        return sorted(dict.fromkeys(figures), key=lambda figure: figure.mentions[0].start)
