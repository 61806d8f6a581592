"""`summarizer review`: records beside their articles on a page, and the corrections made there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from summarizer.cli import messages

if TYPE_CHECKING:
    from summarizer.record import Record

_PAGE = "page"


class _Review(TyperGroup):
    """`review RECORDS` is `review page RECORDS`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            args = [_PAGE, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Review,
    help="Look at records beside their articles, and correct them. "
    "`summarizer review RECORDS` makes the page.",
    rich_markup_mode=None,
    add_completion=False,
)

Records = Annotated[
    Path, typer.Argument(metavar="RECORDS", help="A `.json`, `.jsonl` or `.db` file of records.")
]
Articles = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATH",
        help="The articles of records that were written with `--no-text`; may be repeated.",
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
]


@app.command(name=_PAGE)
def page(
    records: Records,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="The page. [default: standard output]"),
    ] = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Write one page that shows every record beside its article; it works offline.

    What is corrected on the page is saved there as a file for `summarizer review apply`.
    """
    from summarizer.errors import UsageError

    if out is None and sys.stdout.isatty():
        raise UsageError("a page is nothing for a terminal", hint="Add `--out review.html`.")
    parts = _parts(_with_articles(records, articles or []))
    if out is None:
        sys.stdout.writelines(parts)
        return
    _write(out, parts)
    messages.note(f"the page is {out}: open it in a browser")


@app.command()
def apply(
    corrections: Annotated[
        Path, typer.Argument(metavar="CORRECTIONS", help="The file that the page saved.")
    ],
    records: Records,
    out: Annotated[
        Path,
        typer.Option(metavar="FILE.jsonl", help="Every record of RECORDS, those corrected too."),
    ],
    fixture: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Add each corrected record as a fixture."),
    ] = None,
    articles: Articles = None,
    debug: Debug = False,
) -> None:
    """Turn corrections into corrected records, each with its history.

    Every span is verified against the article, and every invariant of the records. Corrections of
    another article, or of another state of a record, are refused, and then nothing is written.
    """
    from summarizer.corrections import apply_corrections, load_corrections
    from summarizer.errors import CorrectionError
    from summarizer.evals import write_fixtures
    from summarizer.record import dump_record

    given = load_corrections(corrections)
    waiting = {one.article: one for one in given.articles}
    if len(waiting) < len(given.articles):
        raise CorrectionError("names an article twice", where=str(corrections))
    found, corrected = set(), []
    whole = []
    for record in _with_articles(records, articles or []):
        one = waiting.get(record.article.id)
        if one is not None:
            found.add(one.article)
            record = apply_corrections(record, one, by=given.by)
            corrected.append(record)
        whole.append(record)
    for key, one in waiting.items():
        if key not in found:
            raise CorrectionError(
                f"corrects an article that is not in {records}", where=one.title or key
            )
    # Fixtures are checked first: a record that makes none leaves nothing behind.
    made = write_fixtures(corrected, fixture) if fixture is not None else []
    _write(out, (dump_record(record) + "\n" for record in whole))
    messages.note(f"{len(corrected)} of {len(whole)} records corrected, all written to {out}")
    for path in made:
        messages.note(f"fixture {path}: say where the article is from, and under which licence")


def _with_articles(path: Path, articles: Sequence[str]) -> Iterator[Record]:
    """The records of a file; those without text get it from the articles, where it is there."""
    from summarizer.article import article_id, read_inputs
    from summarizer.errors import InputError
    from summarizer.record import verify
    from summarizer.run import read_records

    texts = {}
    for one in read_inputs(articles) if articles else ():
        if isinstance(one, InputError):
            raise one
        texts[article_id(one.body)] = one.body
    missing = 0
    for record in read_records(path):
        if record.article.text is None:
            text = texts.get(record.article.id)
            if text is not None:
                whole = record.article.model_copy(update={"text": text, "length": None})
                record = verify(record.model_copy(update={"article": whole}))
            else:
                missing += 1
        yield record
    if missing:
        messages.note(
            f"{missing} records have no article beside them (`--no-text`): name the articles with "
            "`--articles PATH`"
        )


def _parts(records: Iterable[Record]) -> Iterator[str]:
    from summarizer.views import VIEWS, Look

    view = VIEWS["html"]
    for number, record in enumerate(records):
        yield view.between if number else view.start
        yield view.part(record, Look(), alone=False)
    yield view.end


def _write(out: Path, parts: Iterable[str]) -> None:
    """A file that is whole or not there."""
    from summarizer.errors import UsageError

    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(parts)
        part.replace(out)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=f"--out {out}") from None
    finally:
        part.unlink(missing_ok=True)
