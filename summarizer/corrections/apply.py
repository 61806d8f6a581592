"""From a record and its corrections to the corrected record."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.corrections.changes import Change
from summarizer.corrections.file import ArticleCorrections
from summarizer.corrections.history import HistoryEntry, with_history
from summarizer.corrections.working import Stale, Working
from summarizer.errors import CorrectionError, RecordError
from summarizer.record import Record, verify

_STALE = "Review the record as it is now, and correct it again."


def apply_corrections(
    record: Record, corrections: ArticleCorrections, *, by: str | None = None
) -> Record:
    """The corrected record, every invariant verified, with what was changed in its `history`.

    Checks of a field that was corrected are taken out: a reader has decided.

    Args:
        record: with its article's text.
        corrections: made of this article.
        by: who made them.

    Raises:
        CorrectionError: they are of another article or of another state of the record, a span is
            not in the article, or the corrected record would break an invariant.
    """
    name = corrections.title or record.article.title or record.article.uri or corrections.article
    if corrections.article != record.article.id:
        raise CorrectionError("the corrections are of another article", where=name, hint=_STALE)
    if record.article.text is None:
        raise CorrectionError(
            "the record was stored without its article",
            where=name,
            hint="Name the articles: `--articles PATH`.",
        )
    work = Working(record)
    entries = [_applied(work, change, name, by) for change in corrections.changes]
    return _verified(with_history(work.record, entries), corrections.changes, name)


def _applied(work: Working, change: Change, name: str, by: str | None) -> HistoryEntry:
    where = f"{name}: {change.kind} of `{change.id}`"
    try:
        path = change.apply(work)
    except Stale as error:
        raise CorrectionError(f"is out of date: {error}", where=where, hint=_STALE) from None
    except ValueError as error:
        raise CorrectionError(f"cannot be: {error}", where=where) from None
    settled = [] if change.kind.endswith("_statement") else work.settle(path)
    plain = change.model_dump(mode="json")
    return HistoryEntry(
        by=by,
        when=change.when,
        kind=change.kind,
        id=change.id,
        where=path,
        old=plain["old"],
        new=plain["new"],
        settled=settled,
    )


def _verified(record: Record, changes: Sequence[Change], name: str) -> Record:
    try:
        return verify(record)
    except RecordError as error:
        kinds = ", ".join(dict.fromkeys(change.kind for change in changes))
        raise CorrectionError(
            f"the corrected record would break a rule: {error.message}",
            where=f"{name}: {error.where}",
            hint=f"Look at the corrections of this record again ({kinds}).",
        ) from None
