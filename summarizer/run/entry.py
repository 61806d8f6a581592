"""What the ledger says of one input, and of one run."""

from __future__ import annotations

import json
from dataclasses import dataclass

from summarizer.errors import StorageError, SummarizerError
from summarizer.record import Record, load_record, relabelled
from summarizer.run.work import Identity


@dataclass(frozen=True)
class RunInfo:
    """One run as the ledger has it; times are ISO 8601, UTC. A run that was cut off has no end."""

    id: int
    started: str
    ended: str | None
    ending: str | None
    identity: Identity


@dataclass(frozen=True)
class Entry:
    """One input of the latest run: where it came from, and its record's line or its error.

    Articles with the same text share a record, which is kept once. `page` is the copy of its page
    as JSON. `result` is null for an input that the run did not get to.
    """

    position: int
    name: str
    uri: str | None
    title: str | None
    publisher: str | None
    source_id: str | None
    page: str | None
    result: str | SummarizerError | None

    def line(self, *, text: bool = True) -> str:
        """The record on one line, as that of this very input.

        Raises:
            ValueError: there is none.
            StorageError: what the ledger holds is no record.
        """
        if not isinstance(self.result, str):
            raise ValueError(f"`{self.name}` has no record")
        try:
            return relabelled(
                self.result,
                text=text,
                uri=self.uri,
                title=self.title,
                publisher=self.publisher,
                source_id=self.source_id,
                page=json.loads(self.page) if self.page else None,
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise StorageError(
                "the ledger holds no record of it, or a damaged one",
                where=self.name,
                hint="Begin anew with `--restart`; answers that are in the cache cost nothing.",
            ) from None

    def record(self) -> Record:
        """The record, verified again.

        Raises:
            ValueError: there is none.
        """
        return load_record(self.line())
