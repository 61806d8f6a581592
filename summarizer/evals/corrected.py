"""What readers had to correct in the records of a run, as rows of its report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from summarizer.corrections import history_of, tally
from summarizer.errors import InputError
from summarizer.evals.headline import Headline
from summarizer.evals.runs import SavedRun
from summarizer.evals.statistics import wilson
from summarizer.record import Record


def with_corrected(run: SavedRun, records: Iterable[Record], *, where: str) -> SavedRun:
    """The run with a row for each kind of field that can be corrected: `12 of 207`.

    Args:
        run: a run of some prompt and model.
        records: corrected records; those of another prompt or model, and those that nobody looked
            through, are left out.
        where: what the records are called, for messages.

    Raises:
        InputError: none is left.
    """
    who = run.identity
    made = [
        record
        for record in records
        if history_of(record)
        and (record.provenance.prompt.name, record.provenance.model) == (who.prompt.name, who.model)
    ]
    if not made:
        raise InputError(
            f"holds no corrected record of {who.title}",
            where=where,
            hint="`summarizer review apply` writes corrected records.",
        )
    lines = [
        Headline(
            f"corrected/{one.kind}",
            one.label,
            one.times,
            wilson(one.times, one.total) if one.total else None,
            one.total,
            "returned",
        )
        for one in tally(made)
    ]
    return replace(run, corrected=tuple(lines))
