"""`summarizer doctor`: is everything in place, and what is the next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import completing, messages
from summarizer.errors import ModelUnavailable, SummarizerError

if TYPE_CHECKING:
    from summarizer.model import DialectName, Endpoint, Manner
    from summarizer.settings import ModelChoice, Settings

_NOT_USABLE = 5
_OUTCOMES = {"ignored": "was ignored", "rejected": "was rejected", "failed": "broke"}

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@dataclass(frozen=True)
class _Finding:
    """One thing that was looked at."""

    subject: str
    text: str


@app.command()
def doctor(
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH", help="The model to look at.", autocompletion=completing.models
        ),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address.")
    ] = None,
    prompt: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH", help="The prompt to look at.", autocompletion=completing.prompts
        ),
    ] = None,
) -> None:
    """Check that everything is in place, and say the next step.

    Looks at the settings, the prompt and the model, and asks the model a short question, in one way
    after another until it answers as it should; the way is remembered. Leaves with 5 if the model
    cannot be used.
    """
    from summarizer.settings import load_settings

    settings = load_settings(model=model, base_url=base_url, prompt=prompt)
    try:
        for finding in _look(settings):
            # The server has its say in it, and so have the names of files.
            messages.say(f"ok    {finding.subject:<9} {finding.text}")
    except ModelUnavailable as error:
        _failed(error)
        raise typer.Exit(_NOT_USABLE) from None
    messages.say("next: summarizer summarize ARTICLE.txt")


def _failed(error: SummarizerError) -> None:
    where = f"{error.where}: " if error.where else ""
    messages.say(f"no    {where}{error.message}")
    messages.say(f"next: {error.hint or 'see the line above'}")


def _look(settings: Settings) -> Iterator[_Finding]:
    from summarizer.cli.engine import Engine
    from summarizer.prompt import load_prompt
    from summarizer.settings import choose_model, find_project_file

    file = find_project_file(Path.cwd())
    yield _Finding("settings", str(file) if file else "no `summarizer.toml`, which is fine")
    prompt = load_prompt(settings.prompt)
    yield _Finding("prompt", f"{prompt.name} {prompt.version}")
    choice = choose_model(settings)
    if choice.base_url is None:
        yield from _local(choice)
    else:
        key = "with a key" if choice.api_key else "without a key"
        yield _Finding("address", f"{choice.base_url}, {key}")
    with Engine(choice) as engine:
        yield from _asked(engine.endpoint())


def _local(choice: ModelChoice) -> Iterator[_Finding]:
    from summarizer.model import find_model, verify

    entry = find_model(choice.model)
    try:
        yield _Finding("engine", f"xllamacpp {version('xllamacpp')}")
    except PackageNotFoundError:
        raise ModelUnavailable(
            "the engine for local models is not installed",
            hint="Install it with `python -m pip install xllamacpp`.",
        ) from None
    verify(entry)
    yield _Finding("weights", f"{entry.name}, checksum right")


def _asked(endpoint: Endpoint) -> Iterator[_Finding]:
    """What the model itself shows."""
    from summarizer.errors import AnswerError

    try:
        found = endpoint.probe()
    except AnswerError as error:
        raise ModelUnavailable(error.message, where=error.where, hint=error.hint) from None
    if found.model_known is False:
        others = ", ".join((found.models or ())[:5])
        yield _Finding("model", f"{endpoint.name} is not in the address's list ({others})")
    else:
        yield _Finding("model", f"{endpoint.name} answers")
    for trial in found.trials:
        if trial.outcome != "fits":
            yield _Finding("tried", f"`{trial.dialect}` {_OUTCOMES[trial.outcome]}: {trial.said}")
    if not found.structured_output:
        raise ModelUnavailable(
            f"`{endpoint.name}` does not keep to a JSON Schema, nor to one in the prompt",
            where=endpoint.label,
            hint="Choose a larger model, or a server with structured output.",
        )
    yield _Finding("answers", f"{_about(found.manner.dialect)} ({found.seconds:.1f} s)")
    yield from _special(found.manner)


def _about(dialect: DialectName) -> str:
    from summarizer.model import DIALECTS

    advice = "" if DIALECTS[dialect].bound else "; a server that keeps to a schema errs less"
    return f"structured output works: the server {DIALECTS[dialect].about}{advice}"


def _special(manner: Manner) -> Iterator[_Finding]:
    """What else is sent differently, if anything is."""
    from summarizer.model import INSTEAD

    for name in sorted(manner.refused):
        instead = INSTEAD[name]
        done = f"`{instead}` is sent instead" if instead else "it is left out"
        yield _Finding("sent", f"`{name}` is not taken, {done}")
    if manner.reasons:
        yield _Finding("sent", "the model reasons before it answers, and gets room for that")
