"""`summarizer summarize`: articles in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import messages
from summarizer.cli.busy import busy
from summarizer.errors import InputError, SummarizerError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.record import Record
    from summarizer.run import Layout, Output
    from summarizer.settings import Settings
    from summarizer.views import Form

_SUFFIXES: dict[str, Form] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "md",
    ".html": "html",
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
            help="`.txt`, `.md`, `.html` and `.jsonl` files, folders, `-` for standard input.",
        ),
    ],
    prompt: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="The prompt. [default: grounded]")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="A local model, a `.gguf` file, or a hosted model."),
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
        typer.Option(metavar="PATH", help="Write a `.json`, `.jsonl`, `.md` or `.html` file."),
    ] = None,
    no_text: Annotated[
        bool | None, typer.Option("--no-text/--text", help="Leave the article's text out.")
    ] = None,
    fail_fast: Annotated[
        bool | None,
        typer.Option("--fail-fast/--no-fail-fast", help="Stop at the first input that fails."),
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
        fail_fast=fail_fast,
    )
    raise typer.Exit(_run(inputs, settings))


def _run(inputs: list[str], settings: Settings) -> int:
    from summarizer.article import read_inputs
    from summarizer.cli.engine import Engine
    from summarizer.prompt import load_prompt
    from summarizer.run import exit_code, run
    from summarizer.settings import choose_model

    form = _form_of(settings.out, inputs)
    prompt = load_prompt(settings.prompt)
    choice = choose_model(settings)
    sources = read_inputs(inputs, published=settings.published)
    first = list(islice(sources, 2))
    if not first:
        raise InputError("holds no article", where=", ".join(inputs))
    alone = len(first) == 1
    failures: list[SummarizerError] = []

    with Engine(choice) as engine, _outputs(settings, form, alone) as outputs:

        def summarize_one(article: Article) -> Record:
            model = engine.endpoint()
            from summarizer.extract import summarize_article

            with busy(f"summarizing {article.uri or 'standard input'}"):
                return summarize_article(article, model=model, prompt=prompt)

        for outcome in run(chain(first, sources), summarize_one):
            if isinstance(outcome.result, SummarizerError):
                failures.append(outcome.result)
                messages.error(outcome.result, name=outcome.name)
                if settings.fail_fast:
                    break
            else:
                for output in outputs:
                    output.add(outcome.result)
    return exit_code(failures, alone=alone)


def _form_of(out: Path | None, inputs: list[str]) -> Form | None:
    """The form that the suffix of `--out` stands for."""
    if out is None:
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
def _outputs(settings: Settings, form: Form | None, alone: bool) -> Iterator[list[Output]]:
    """The file, standard output, or both."""
    from summarizer.run import Output, open_output

    outputs: list[Output] = []
    with ExitStack() as stack:
        if settings.out is not None and form is not None:
            stack.callback(_say_where, outputs, settings.out)
            layout = _layout(form, settings, alone)
            outputs.append(stack.enter_context(open_output(settings.out, layout)))
        if settings.out is None or settings.format or (alone and sys.stdout.isatty()):
            shown = Output(_print, _layout(settings.format or "text", settings, alone))
            stack.callback(shown.finish)
            outputs.append(shown)
        yield outputs


def _layout(form: Form, settings: Settings, alone: bool) -> Layout:
    import os
    import shutil

    from summarizer.run import Layout
    from summarizer.views import VIEWS, Look

    view = VIEWS[form]
    look = Look(
        text=not settings.no_text,
        width=shutil.get_terminal_size((100, 24)).columns,
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    return Layout(
        lambda record: view.part(record, look, alone=alone), view.start, view.between, view.end
    )


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _say_where(outputs: list[Output], out: Path) -> None:
    count = outputs[0].count if outputs else 0
    if count:
        messages.note(f"{count} record{'' if count == 1 else 's'} in {out}")
    elif outputs:
        messages.note(f"no record, so nothing was written to {out}")
