"""`summarizer summarize`: articles in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import calls, completing, messages
from summarizer.cli.running import LEDGER_SUFFIX
from summarizer.errors import InputError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cli.explaining import Explainer
    from summarizer.cli.running import Sink
    from summarizer.run import Layout, State
    from summarizer.settings import Settings
    from summarizer.views import Form

_SUFFIXES: dict[str, Form | Literal["db"]] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "md",
    ".html": "html",
    ".db": "db",
}
_EPILOG = (
    "Each option has a variable (`SUMMARIZER_MODEL`, ...) and a place in `summarizer.toml` "
    "(`model = ...`). An option beats a variable, which beats the file."
)

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(epilog=_EPILOG)
def summarize(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="`.txt`, `.md`, `.html` and `.jsonl` files, folders, `http(s)://` addresses of "
            "pages and feeds, saved feeds (`.xml`, `.rss`, `.atom`), `-` for standard input.",
        ),
    ],
    prompt: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="The prompt. [default: grounded]",
            autocompletion=completing.prompts,
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="A local model, a `.gguf` file, or a hosted model.",
            autocompletion=completing.models,
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When the articles were published, as YYYY-MM-DD."),
    ] = None,
    format: Annotated[
        Literal["text", "json", "jsonl", "md", "html"] | None,
        typer.Option(help="The form on standard output. [default: text]"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Write a `.json`, `.jsonl`, `.db`, `.md` or `.html` file; with `.ledger`, keep "
            "the ledger alone.",
        ),
    ] = None,
    no_text: Annotated[
        bool | None, typer.Option("--no-text/--text", help="Leave the article's text out.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Articles worked on at the same time. [default: 1 with a local model, else 8]",
        ),
    ] = None,
    max_tokens_total: Annotated[
        int | None,
        typer.Option(metavar="N", help="Stop when so many tokens are read and written in all."),
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option(metavar="USD", help="Stop when so many US dollars are spent."),
    ] = None,
    max_rpm: Annotated[
        float | None,
        typer.Option(metavar="N", help="Requests a minute, if fewer than the server allows."),
    ] = None,
    max_tpm: Annotated[
        float | None,
        typer.Option(metavar="N", help="Tokens a minute, if fewer than the server allows."),
    ] = None,
    no_cache: Annotated[
        bool | None,
        typer.Option("--no-cache/--cache", help="Neither use nor keep answers in the cache."),
    ] = None,
    restart: Annotated[
        bool | None,
        typer.Option(
            "--restart/--resume",
            help="Begin anew, or go on where the same `--out` stopped. [default: resume]",
        ),
    ] = None,
    engine: Annotated[
        Literal["local", "ray", "openai-batch"] | None,
        typer.Option(
            help="Work here, on a Ray cluster, or through the provider's batch interface, which "
            "takes hours and half the price. [default: local]"
        ),
    ] = None,
    ray_address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The Ray cluster. [default: one on this machine]"),
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Write the records into part files too: a folder, or an address that fsspec "
            "knows, as `s3://bucket/folder`.",
        ),
    ] = None,
    parts_format: Annotated[
        Literal["jsonl", "parquet"] | None,
        typer.Option(help="The form of the part files. [default: jsonl]"),
    ] = None,
    fail_fast: Annotated[
        bool | None,
        typer.Option("--fail-fast/--no-fail-fast", help="Stop at the first input that fails."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Estimate tokens and cost; ask nothing, write nothing."),
    ] = False,
    allow_private_addresses: Annotated[
        bool | None,
        typer.Option(
            "--allow-private-addresses/--public-addresses",
            help="Read web pages of this machine and its own network too.",
        ),
    ] = None,
    keep_pages: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Keep the web pages that are fetched as they came."),
    ] = None,
    explain: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD",
            autocompletion=completing.fields,
            help="Print why a field has its value instead, `meetings[0].date` say; "
            "may be repeated.",
        ),
    ] = None,
    verbose: Annotated[
        bool | None,
        typer.Option("--verbose/--no-verbose", help="Tell each call to the model, and its cost."),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
    ] = False,
) -> None:
    """Turn articles into verified records: who met, when, how and where, and who said what.

    One article on a terminal is shown as a readable view. With `--out` the records go to the
    file, and nothing to standard output unless `--format` asks for it.
    """
    from summarizer.settings import load_settings

    settings = load_settings(
        prompt=prompt,
        model=model,
        base_url=base_url,
        published=published,
        format=format,
        out=out,
        no_text=no_text,
        jobs=jobs,
        max_tokens_total=max_tokens_total,
        max_cost=max_cost,
        max_rpm=max_rpm,
        max_tpm=max_tpm,
        no_cache=no_cache,
        restart=restart,
        engine=engine,
        ray_address=ray_address,
        parts=parts,
        parts_format=parts_format,
        fail_fast=fail_fast,
        allow_private_addresses=allow_private_addresses,
        keep_pages=keep_pages,
        verbose=verbose,
    )
    if dry_run:
        raise typer.Exit(_estimate(inputs, settings))
    raise typer.Exit(run_inputs(inputs, settings, explained=tuple(explain or ())))


def run_inputs(
    inputs: list[str],
    settings: Settings,
    *,
    again: frozenset[State] = frozenset(),
    explained: tuple[str, ...] = (),
    wait: bool = True,
) -> int:
    """Summarize the inputs as the settings say; the exit code.

    `again` are states of an earlier run of the same output that are worked on again; `explained`
    are fields of the one record that are explained on standard output, in its place. Without `wait`
    a run whose answers come in rounds ends with the first.
    """
    from summarizer.article import count_inputs
    from summarizer.cli.explaining import Explainer
    from summarizer.cli.running import Plan, conduct

    form = _form_of(settings.out, inputs)
    if settings.engine == "openai-batch" and "-" in inputs:
        raise UsageError(
            "articles are read again in each round, and standard input only once",
            where="-",
            hint="Give a file.",
        )
    explainer = Explainer(explained, verbose=settings.verbose) if explained else None
    plan = Plan.of(settings)
    first, sources = _read(inputs, settings)
    alone = len(first) == 1
    if explainer:
        explainer.check(alone=alone, form=settings.format)
    readings = chain([chain(first, sources)], (chain(*_read(inputs, settings)) for _ in count()))
    code = conduct(
        plan,
        lambda: next(readings),
        lambda: _outputs(settings, form, alone, explainer),
        alone=alone,
        total=1 if alone else count_inputs(inputs),
        again=again,
        logprobs=explainer is not None,
        on_call=explainer.hear if explainer else calls.tell if settings.verbose else None,
        wait=wait,
    )
    if explainer:
        explainer.print()
    return code


def _estimate(inputs: list[str], settings: Settings) -> int:
    from summarizer.cli.estimating import estimate
    from summarizer.cli.running import Plan

    plan = Plan.of(settings)
    first, sources = _read(inputs, settings)
    return estimate(plan, chain(first, sources))


def _read(
    inputs: list[str], settings: Settings
) -> tuple[list[Article | InputError], Iterator[Article | InputError]]:
    """The first two articles, and the others, which are read when they are wanted."""
    from summarizer.article import read_inputs

    sources = read_inputs(
        inputs,
        published=settings.published,
        allow_private=settings.allow_private_addresses,
        keep_pages=settings.keep_pages,
    )
    first = list(islice(sources, 2))
    if not first:
        raise InputError("holds no article", where=", ".join(inputs))
    return first, sources


def _form_of(out: Path | None, inputs: list[str]) -> Form | Literal["db"] | None:
    """The form that the suffix of `--out` stands for."""
    if out is None or out.suffix == LEDGER_SUFFIX:
        return None
    known = ", ".join(f"`{form}`" for form in _SUFFIXES)
    suffix = out.suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(
            f"`{suffix or out.name}` is no form to write",
            where=f"--out {out}",
            hint=f"The suffix is one of {known}.",
        )
    if any(out.exists() and Path(name).exists() and out.samefile(name) for name in inputs):
        raise UsageError("is one of the inputs", where=f"--out {out}", hint="Name another file.")
    return _SUFFIXES[suffix]


@contextmanager
def _outputs(
    settings: Settings, form: Form | Literal["db"] | None, alone: bool, explainer: Explainer | None
) -> Iterator[list[Sink]]:
    """The file, standard output, or both; standard output is the explainer's if there is one."""
    from summarizer.run import Output, open_database, open_output, open_parts

    sinks: list[Sink] = []
    parts: Sink | None = None
    out = settings.out
    with ExitStack() as stack:
        if settings.parts is not None:
            text, kind = not settings.no_text, settings.parts_format
            parts = stack.enter_context(open_parts(settings.parts, kind, text=text))
        if out is not None and form is not None:
            stack.callback(_say_where, sinks, out)
            if form == "db":
                sinks.append(stack.enter_context(open_database(out, text=not settings.no_text)))
            else:
                layout = _layout(form, settings, alone)
                sinks.append(stack.enter_context(open_output(out, layout)))
        quiet = out is not None or settings.parts is not None
        if explainer:
            sinks.append(explainer)
        elif not quiet or settings.format or (alone and sys.stdout.isatty()):
            shown = Output(_print, _layout(settings.format or "text", settings, alone))
            stack.callback(shown.finish)
            sinks.append(shown)
        yield [*sinks, parts] if parts else sinks


def _layout(form: Form, settings: Settings, alone: bool) -> Layout:
    from summarizer.cli.looks import look
    from summarizer.run import Layout
    from summarizer.views import VIEWS

    text = not settings.no_text
    if form == "jsonl" or (form == "json" and not alone):
        return Layout(lambda entry: entry.line(text=text) + "\n")
    view, shown = VIEWS[form], look(text=text)
    return Layout(
        lambda entry: view.part(entry.record(), shown, alone=alone),
        view.start,
        view.between,
        view.end,
    )


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _say_where(sinks: list[Sink], out: Path) -> None:
    count = sinks[0].count if sinks else 0
    if count:
        messages.note(f"{count} record{'' if count == 1 else 's'} in {out}")
    elif sinks:
        messages.note(f"no record, so nothing was written to {out}")
