"""`summarizer eval`: score prompts and models, compare them, and decide whether one may be used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli import completing, messages

if TYPE_CHECKING:
    from summarizer.evals import Fixture
    from summarizer.evals.gating import Threshold
    from summarizer.evals.runs import SavedRun

FIXTURES = "evals/fixtures"
_GATE_FAILED = 4
_WIDTH = 110

app = typer.Typer(
    help="Score prompts and models against fixtures, compare them, and gate.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)

Split = Literal["dev", "holdout"]
Prompts = Annotated[
    list[str] | None,
    typer.Option(
        "--prompt", metavar="NAME|PATH", help="May be repeated.", autocompletion=completing.prompts
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(
        "--model", metavar="NAME|PATH", help="May be repeated.", autocompletion=completing.models
    ),
]
BaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="An OpenAI-compatible address.")]
Fixtures = Annotated[
    str,
    typer.Option(metavar="PATH|polnear:PATH", help="The articles with their gold."),
]
Splits = Annotated[Split | None, typer.Option(help="Only the fixtures of this split.")]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="IDS|FILE.txt", help="Only these fixtures; commas, or one a line."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first fixtures.")]
Repeat = Annotated[
    int | None,
    typer.Option(min=1, help="Answer every article K times. [default: 3; 1 for a local model]"),
]
Out = Annotated[Path | None, typer.Option(metavar="PATH", help="Write to a file.")]
Restart = Annotated[
    bool, typer.Option("--restart/--resume", help="Forget the answers that are kept.")
]
Metric = Annotated[str, typer.Option(help="The metric that the verdict is about.")]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=messages.set_debug, help="Print tracebacks of errors."),
]


@app.command()
def run(
    prompt: Prompts = None,
    model: Models = None,
    base_url: BaseUrl = None,
    fixtures: Fixtures = FIXTURES,
    split: Splits = None,
    only: Only = None,
    limit: Limit = None,
    repeat: Repeat = None,
    recorded: Annotated[
        Path | None,
        typer.Option(metavar="RUN", help="Answer from what this run recorded; ask no model."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The run's folder. [default: in `eval-runs`]"),
    ] = None,
    restart: Restart = False,
    debug: Debug = False,
) -> None:
    """Score each prompt with each model, and keep each run in a folder.

    Answers are kept as they come, so that an interrupted run goes on where it stopped, and scoring
    again asks no model. An article without a record scores 0 and is counted; leaves with 3 if it
    has none because the model could not be reached, so that running again may bring it.
    """
    from summarizer.cli.evaluating import Plan, incomplete, make_runs
    from summarizer.evals.report import runs_text

    plan = Plan(
        fixtures, split, tuple(only or ()), limit, repeat, recorded=recorded, restart=restart
    )
    runs = make_runs(plan, prompts=prompt or [], models=model or [], base_url=base_url, out=out)
    sys.stdout.write(runs_text(runs, width=_width()))
    for saved in runs:
        messages.note(f"the run is in {saved.folder}")
    if any(incomplete(saved) for saved in runs):
        raise typer.Exit(3)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A run's folder, a prompt or a model.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The same; the verdict is about B.")],
    metric: Metric = "joint",
    prompt: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="The prompt, to compare two models.",
            autocompletion=completing.prompts,
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|PATH",
            help="The model, to compare two prompts.",
            autocompletion=completing.models,
        ),
    ] = None,
    base_url: BaseUrl = None,
    fixtures: Fixtures = FIXTURES,
    split: Splits = None,
    only: Only = None,
    limit: Limit = None,
    repeat: Repeat = None,
    restart: Restart = False,
    format: Annotated[
        Literal["text", "json", "html"], typer.Option(help="The form of the comparison.")
    ] = "text",
    out: Out = None,
    debug: Debug = False,
) -> None:
    """Compare B with A: is it better, worse, or is there no difference shown?

    Runs are compared over the articles that both answered. Of a prompt or a model a run is made
    first, in `eval-runs`, with what is kept of it.
    """
    from summarizer.cli.evaluating import Plan, side
    from summarizer.evals.report import comparison_json, comparison_text, contest, page

    plan = Plan(fixtures, split, tuple(only or ()), limit, repeat, restart=restart)
    first, second = (
        side(each, plan, prompt=prompt, model=model, base_url=base_url) for each in (a, b)
    )
    sides = [first, second]
    result = contest(first, second, metric)
    if format == "html":
        _write(page(sides, _at_hand(sides, fixtures), result), out)
    elif format == "json":
        _write(comparison_json(result), out)
    else:
        _write(comparison_text(result, width=_width()), out)


@app.command()
def gate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder.")],
    least: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="METRIC=VALUE", help="At least this; may be repeated."),
    ] = None,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", metavar="METRIC=VALUE", help="At most this; may be repeated."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Not worse than this run.")
    ] = None,
    margin: Annotated[
        float, typer.Option(min=0, help="How much worse than the baseline it may be.")
    ] = 0.0,
    format: Annotated[
        Literal["text", "json", "junit"], typer.Option(help="The form of the verdict.")
    ] = "text",
    out: Out = None,
    debug: Debug = False,
) -> None:
    """Decide whether a run may be used; leaves with 4 if not.

    Metrics are those of `eval show`: `joint`, `participants`, `date`, `invented/years`, ... A run
    without articles does not pass.
    """
    from summarizer.errors import UsageError
    from summarizer.evals.gating import judge_run
    from summarizer.evals.report import gate_json, gate_junit, gate_text
    from summarizer.evals.runs import load_run, on_common_articles

    thresholds = [_threshold(one, "min") for one in least or []]
    thresholds += [_threshold(one, "max") for one in most or []]
    if not thresholds and baseline is None:
        raise UsageError(
            "the gate asks for nothing",
            hint="Add `--min METRIC=VALUE`, `--max METRIC=VALUE` or `--baseline RUN`.",
        )
    saved = load_run(run)
    against = None
    if baseline is not None and saved.scores.articles:
        against = on_common_articles(load_run(baseline), saved)
    result = judge_run(saved.scores, thresholds, against, margin)
    forms = {"text": gate_text, "json": gate_json, "junit": gate_junit}
    _write(forms[format](result), out)
    if not result.passed:
        raise typer.Exit(_GATE_FAILED)


@app.command()
def show(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder.")],
    fixtures: Annotated[
        str,
        typer.Option(metavar="PATH", help="Where the articles lie, for the page (`html`)."),
    ] = FIXTURES,
    corrected: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="RECORDS",
            help="Corrected records (`review apply`): a row for what was corrected how often.",
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json", "junit", "html"], typer.Option(help="The form of the report.")
    ] = "text",
    out: Out = None,
    debug: Debug = False,
) -> None:
    """Show a run as it was scored. `json` has the figures alone; `html` has the articles too."""
    from summarizer.evals.report import page, run_json, run_junit, runs_text
    from summarizer.evals.runs import load_run

    saved = load_run(run)
    if corrected:
        saved = _with_corrected(saved, corrected)
    if format == "html":
        _write(page([saved], _at_hand([saved], fixtures)), out)
    elif format == "json":
        _write(run_json(saved), out)
    elif format == "junit":
        _write(run_junit(saved), out)
    else:
        _write(runs_text([saved], width=_width()), out)


@app.command()
def calibrate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder.")],
    fixtures: Annotated[
        str, typer.Option(metavar="PATH", help="Where the articles and their gold lie.")
    ] = FIXTURES,
    split: Splits = None,
    out: Out = None,
    debug: Debug = False,
) -> None:
    """Show whether speakers are as often right as their confidence says.

    `--out` writes how often each way to tell a speaker was right, as the program reads it.
    """
    from summarizer.evals import calibration_text, load_fixtures, rule_counts
    from summarizer.evals.report import speakers_of
    from summarizer.evals.runs import load_run

    speakers = speakers_of(load_run(run), load_fixtures(Path(fixtures), split))
    sys.stdout.write(calibration_text(speakers))
    if out is not None:
        _write(rule_counts(speakers), out)


def _with_corrected(run: SavedRun, files: list[Path]) -> SavedRun:
    from summarizer.evals.corrected import with_corrected
    from summarizer.run import read_records

    records = (record for path in files for record in read_records(path))
    return with_corrected(run, records, where=", ".join(map(str, files)))


def _threshold(given: str, bound: Literal["min", "max"]) -> Threshold:
    import math

    from summarizer.errors import UsageError
    from summarizer.evals.gating import Threshold

    metric, equals, value = given.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not equals or not metric or not math.isfinite(number):
        raise UsageError(
            f"`{given}` is no METRIC=VALUE", where=f"--{bound}", hint="Such as `joint=0.6`."
        )
    return Threshold(metric.strip(), bound, number)


def _at_hand(runs: list[SavedRun], reference: str) -> list[Fixture]:
    """The articles of the runs whose text and gold are those that were scored."""
    from summarizer.errors import InputError
    from summarizer.evals import FixtureSet, open_set

    try:
        chosen = open_set(reference)
    except InputError as error:
        messages.note(f"the page goes without articles: {error.message} ({error.where})")
        return []
    scored = [run.identity.articles for run in runs]
    found = [
        fixture
        for fixture in (chosen.fixtures if isinstance(chosen, FixtureSet) else ())
        if any(each.get(fixture.id) == fixture.sha256 for each in scored)
    ]
    missing = set().union(*scored) - {fixture.id for fixture in found}
    if missing:
        messages.note(
            f"{len(missing)} articles are shown without their texts: `--fixtures` names where "
            "they lie, as they were scored"
        )
    return found


def _write(text: str, out: Path | None) -> None:
    from summarizer.errors import UsageError

    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=f"--out {out}") from None
    messages.note(f"written to {out}")


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
