"""Everything about an article in one call: the answer is grounded, and what is not in it left out.

For strong models. The model writes; a claim counts only with its own words found in the article.
Claims that do not hold are asked again as often as the model allows, then dropped and listed.

An article that is too long for the model, or for one answer, is read in parts, each with the people
and meetings that were found in those before it.
"""

from __future__ import annotations

from summarizer.analysis import Reading
from summarizer.errors import ContextExceeded, TruncatedAnswer
from summarizer.extract.asking import Asker
from summarizer.extract.assemble import Parts
from summarizer.extract.room import characters, tokens
from summarizer.extract.seams import Part, Seams
from summarizer.extract.single_answer import STATEMENTS, RecordAnswer
from summarizer.extract.single_book import Book
from summarizer.model import usage_of

_ASK = "record"
_LEAST_TOKENS, _CHARACTERS_A_TOKEN = 1600, 3
_TOLD = 8
_SMALLEST = 300  # characters of a part: a statement and who makes it
# Tokens of an answer beside the words that it copies: for the names and marks of a statement, and
# for the people, the meetings and the summary.
_A_STATEMENT, _OTHERS = 60, 250
_SHARE = 3  # Of the room beside the instructions: for a part, for the answer, for asking again.
_KNOWN_SHARE = 12
_KNOWN_TOKENS = 600


def single(reading: Reading, asker: Asker) -> Parts:
    """The parts of a record from one question, or from one about each part of the article.

    Raises:
        AnswerError: no answer that fits the schema came.
    """
    reader = _Reader(reading, asker)
    reached, size = 0, len(reading.text)
    while True:
        part = reader.seams.part(reached, size)
        try:
            reader.read(part, last=size <= _SMALLEST)
        except ContextExceeded:
            if size <= _SMALLEST:
                raise
            size = max(_SMALLEST, min(reader.size(part), (part.end - part.start) // 2))
            continue
        reached = part.end
        if reached >= len(reading.text):
            return reader.book.parts()


class _Reader:
    """Asks about one part of an article after the other."""

    def __init__(self, reading: Reading, asker: Asker) -> None:
        self._reading = reading
        self._asker = asker
        self.seams = Seams(reading, STATEMENTS)
        self.book = Book(reading)

    def read(self, part: Part, *, last: bool) -> None:
        """Ask about a part, and put the answer into the book.

        Raises:
            ContextExceeded: the part is too long, unless it is the `last` that is tried.
            AnswerError: no answer that fits the schema came.
        """

        def check(answer: RecordAnswer) -> None:
            refusals = self.book.refusals(part, answer)
            if refusals:
                lines = [refusal.asked() for refusal in refusals[:_TOLD]]
                lines += [f"and {len(refusals) - _TOLD} more"] if len(refusals) > _TOLD else []
                raise ValueError("\n".join([*lines, _AGAIN]))

        text = self._reading.text[part.start : part.end]
        shown = {**self._shared(part), "article": text}
        # The quotations are copied, so that a long article takes a long answer.
        wanted = max(_LEAST_TOKENS, len(text) // _CHARACTERS_A_TOKEN)
        limit = self._limit(shown, part, wanted, last=last)
        try:
            answer = self._asker.ask(
                _ASK,
                shown,
                RecordAnswer,
                max_tokens=limit,
                check=check,
                anyway=last,
                fixed=self._asker.size(_ASK, {**shown, "article": ""}),
            )
        except TruncatedAnswer as error:
            long = wanted > _LEAST_TOKENS or len(text) < len(self._reading.text)
            if not last and (limit < wanted or (long and self._is_early(error, limit))):
                raise ContextExceeded(error.message, where=error.where, hint=error.hint) from None
            raise
        self.book.add(part, answer.value)

    def size(self, part: Part) -> int:
        """How many characters of the article fit beside the instructions and an answer."""
        text = self._reading.text
        if self._asker.context is None:
            return len(text)
        room = self._asker.room(_ASK, {**self._shared(part), "article": ""}, max_tokens=0)
        return characters(room // _SHARE, text)

    def _shared(self, part: Part) -> dict[str, object]:
        context = self._asker.context
        room = _KNOWN_TOKENS if context is None else context // _KNOWN_SHARE
        known = self.book.known(part.fresh, room)
        return {"published": self._reading.article.published, "known": known or None}

    def _limit(self, shown: dict[str, object], part: Part, wanted: int, *, last: bool) -> int:
        """The tokens for an answer: as many as are wanted, or what is left if that is enough."""
        if self._asker.context is None:
            return wanted
        left = self._asker.room(_ASK, shown, max_tokens=0)
        copied = tokens(self._reading.text[part.start : part.end])
        said = self.seams.statements(part.start, part.end)
        enough = left >= copied + _A_STATEMENT * said + _OTHERS
        return min(wanted, left) if enough or (last and left > 0) else wanted

    def _is_early(self, error: TruncatedAnswer, limit: int) -> bool:
        """Whether an answer was cut before its limit: where the context ended."""
        limit = self._asker.prompt.parameters(_ASK).max_tokens or limit
        return 0 < usage_of(error).completion_tokens < limit


_AGAIN = "Copy words exactly as they stand in the article, or leave out what it does not say."
