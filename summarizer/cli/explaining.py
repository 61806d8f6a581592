"""`summarize --explain`: the fields of one record, explained with what the model was asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.cli import calls
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.extract import Call
    from summarizer.record import Record
    from summarizer.run import Entry, Heard


class Explainer:
    """Hears of every call and keeps the record, then prints why its fields have their values.

    Args:
        fields: their paths.
        verbose: also tell each call as it is made.

    Raises:
        UsageError: a path is none.
    """

    def __init__(self, fields: Sequence[str], *, verbose: bool) -> None:
        from summarizer.record import check_path

        for field in fields:
            check_path(field)
        self.count = 0
        self._fields = fields
        self._verbose = verbose
        self._calls: list[Call] = []
        self._record: Record | None = None

    def check(self, *, alone: bool, form: str | None) -> None:
        """Refuse what cannot be explained together.

        Raises:
            UsageError: there are several articles, or standard output is wanted for a record.
        """
        if not alone:
            raise UsageError(
                "explains one article, and several are given",
                where="--explain",
                hint="`summarizer explain RECORDS FIELD --number N` explains one of many records.",
            )
        if form is not None:
            raise UsageError(
                "takes standard output for itself",
                where="--explain",
                hint="Leave `--format` out; `--out` still writes the record.",
            )

    def hear(self, heard: Heard) -> None:
        """Take in one call."""
        self._calls.append(heard.call)
        if self._verbose:
            calls.tell(heard)

    def add(self, entry: Entry) -> None:
        """Take in the record."""
        self.count += 1
        self._record = entry.record()

    def print(self) -> None:
        """Print the explanations to standard output, if there is a record.

        Raises:
            UsageError: the record has no such field; the hint lists what there is.
        """
        from summarizer.cli.looks import look
        from summarizer.views import explain

        if self._record is None:
            return
        # A record of an earlier run was made without anything being heard.
        heard = self._calls or None
        if heard is None and self._record.provenance.usage.calls == 0:
            heard = []
        shown = [explain(self._record, field, look(), heard) for field in self._fields]
        sys.stdout.write("\n".join(shown))
        sys.stdout.flush()
