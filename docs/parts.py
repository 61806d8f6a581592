"""What the generated parts of the pages say, each made from the program itself."""

from __future__ import annotations

import io
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from record_parts import exports, questions, two_sources
from scaling import scale_cost
from shown import BUILD, benchmark, cell, code, of_tests, table

from summarizer import errors
from summarizer.cli.app import COMMANDS, run
from summarizer.errors import SummarizerError
from summarizer.evals import calibration_text, load_fixtures
from summarizer.evals.report import comparison_text, contest, readme_table, speakers_of
from summarizer.evals.runs import is_run, load_run
from summarizer.model import DIALECTS, LADDER, load_catalogue, load_prices
from summarizer.prompt import ASKS, list_prompts
from summarizer.record import load_record, record_schema
from summarizer.settings import Settings
from summarizer.views import Look, explain, render

ROOT = Path(__file__).resolve().parents[1]
EVALS = ROOT / "evals"
_WIDTH = 100
_EXITS = {
    0: "every input gave a valid record",
    1: "a fault of the program itself",
    2: "wrong usage, or the only input cannot be read",
    3: "at least one input gave no record; the records of the others are there",
    4: "an evaluation gate failed",
    5: "the model or endpoint cannot be used, before any answer",
    6: "a budget stopped the run; it can go on later",
    130: "interrupted",
}


def layers() -> str:
    """The floors of the package, from the contract that is checked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    rooms = [line.replace("(", "").replace(")", "").split(" | ") for line in contract["layers"]]
    there = [[room for room in floor if _is_room(room)] for floor in rooms]
    return code("\n".join("   ".join(floor) for floor in there if floor))


def _is_room(name: str) -> bool:
    package = ROOT / "summarizer"
    return (package / name / "__init__.py").is_file() or (package / f"{name}.py").is_file()


def help_pages() -> str:
    """The help of every command, as the program prints it."""
    names: list[list[str]] = [[]]
    for name in COMMANDS:
        names += [[name], *([name, inner] for inner in _subcommands(name))]
    blocks = []
    for words in names:
        title = " ".join(["summarizer", *words])
        blocks.append(f"### `{title}`\n\n{code(_help(words))}")
    return "\n\n".join(blocks)


def _subcommands(name: str) -> list[str]:
    app = import_module(f"summarizer.cli.{COMMANDS[name].module}").app
    if app.registered_callback is None and len(app.registered_commands) == 1:
        return []
    return [
        command.name or command.callback.__name__.strip("_") for command in app.registered_commands
    ]


def _help(words: Sequence[str]) -> str:
    printed = io.StringIO()
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "80"}),
        redirect_stdout(printed),
        suppress(SystemExit),
    ):
        run([*words, "--help"])
    return printed.getvalue()


def settings() -> str:
    """Every setting with its option, variable and default."""
    rows = []
    for name, field in Settings.model_fields.items():
        is_key = name == "api_key"
        option = "" if is_key else f"`--{name.replace('_', '-')}`"
        variables = ["OPENAI_API_KEY"] if is_key else [f"SUMMARIZER_{name.upper()}"]
        variables += ["OPENAI_BASE_URL"] if name == "base_url" else []
        default = "" if field.default in (None, False) else f"`{field.default}`"
        in_file = "" if is_key else f"`{name}`"
        cells = (option, ", ".join(f"`{v}`" for v in variables), in_file, default)
        rows.append(cells)
    return table(("option", "variable", "in `summarizer.toml`", "default"), rows)


def exit_codes() -> str:
    """What each exit code means."""
    return table(("code", "meaning"), ((str(code), said) for code, said in _EXITS.items()))


def error_classes() -> str:
    """The tree of exceptions, and a line on each."""
    tree = (errors.__doc__ or "").partition("\n\n")[2]
    rows = (
        (f"`{kind.__name__}`", f"`{kind.code}`", str(kind.exit_code), _first_line(kind))
        for kind in _descendants(SummarizerError)
    )
    return f"{code(tree)}\n\n{table(('class', 'code', 'exit code', ''), rows)}"


def _descendants(kind: type[SummarizerError]) -> Iterator[type[SummarizerError]]:
    yield kind
    for inner in kind.__subclasses__():
        if inner.__module__ == errors.__name__:
            yield from _descendants(inner)


def _first_line(kind: type) -> str:
    return " ".join((kind.__doc__ or "").partition("\n\n")[0].split())


def models() -> str:
    """The catalogue of local models."""
    catalogue = load_catalogue()
    rows = []
    for entry in catalogue.models:
        source = entry.source
        where = f"`{source.repository}`" if source.kind == "hub" else "the package index"
        size = f"{(entry.bytes or 0) / 1e9:.1f} GB"
        names = ", ".join(f"`{name}`" for name in entry.names)
        rows.append((names, size, entry.license or "", where, entry.about))
    return table(("names", "weights", "licence", "from", ""), rows)


def servers() -> str:
    """The kinds of servers that are tested against, and what is done about each."""
    rows = (
        (one.name, one.quirk, one.handled, f"`{one.dialect}`", str(one.probes))
        for one in of_tests("model.servers").PROFILES
    )
    return table(("server", "what it does", "what is done", "dialect", "requests"), rows)


def dialects() -> str:
    """The ways to ask for JSON."""
    rows = ((f"`{name}`", DIALECTS[name].about) for name in ("grammar", *LADDER))
    return table(("dialect", "the server"), rows)


def prices() -> str:
    """The prices that come with the program."""
    rows = (
        (
            f"`{price.model}`",
            f"`{price.host}`",
            f"{price.input}",
            "" if price.cached_input is None else f"{price.cached_input}",
            f"{price.output}",
            f"[{price.date}]({price.source})",
        )
        for price in load_prices().prices
    )
    return table(("model", "at", "read", "cached", "written", "as of"), rows)


def asks() -> str:
    """What a prompt can ask for, and what each ask has to work with."""
    rows = (
        (f"`{ask.name}`", ask.description, _names(ask.variables), _names(ask.optional))
        for ask in ASKS.values()
    )
    return table(("ask", "about", "variables that must be used", "that may be used"), rows)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def prompts() -> str:
    """The prompts that come along."""
    rows = []
    for prompt in list_prompts():
        if isinstance(prompt, SummarizerError):
            raise prompt
        rows.append((f"`{prompt.name}`", prompt.description, ", ".join(prompt.asks)))
    return table(("prompt", "what it does", "asks"), rows)


def fields() -> str:
    """Every part of a record with its fields, from the JSON Schema."""
    schema = record_schema()
    parts = {"Record": schema, **schema["$defs"]}
    order = ["Record", *dict.fromkeys(_referred(schema, schema["$defs"]))]
    blocks = []
    for name in order:
        part = parts[name]
        rows = (
            (f"`{field}`", _type(spec), " ".join(spec.get("description", "").split()))
            for field, spec in part["properties"].items()
        )
        about = " ".join(part.get("description", "").partition("\n\n")[0].split())
        blocks.append(f"### {name}\n\n{about}\n\n{table(('field', 'type', ''), rows)}")
    return "\n\n".join(blocks)


def _referred(part: Any, definitions: dict[str, Any]) -> Iterator[str]:
    """The names of the parts that a part is made of, in the order of its fields."""
    for spec in part["properties"].values():
        name = _reference(spec)
        if name is not None:
            yield name
            yield from _referred(definitions[name], definitions)


def _reference(spec: dict[str, Any]) -> str | None:
    if "$ref" in spec:
        return str(spec["$ref"]).rpartition("/")[2]
    inner = [*spec.get("anyOf", []), *([spec["items"]] if "items" in spec else [])]
    return next((name for each in inner if (name := _reference(each))), None)


def _type(spec: dict[str, Any]) -> str:
    if "enum" in spec:
        return ", ".join(f"`{value}`" for value in spec["enum"])
    if "anyOf" in spec:
        return " or ".join(_type(each) for each in spec["anyOf"])
    if spec.get("type") == "array":
        return f"list of {_type(spec['items'])}"
    return _reference(spec) or str(spec.get("type", "any"))


def seed_record() -> str | None:
    """The seed article's record as `make demo` last wrote it, in the readable view."""
    path = BUILD / "seed.json"
    if not path.is_file():
        return None
    record = load_record(path.read_text(encoding="utf-8"))
    return code(render(record, "text", width=_WIDTH))


def explanations() -> str:
    """Some fields of the seed article's record in the baseline, explained."""
    lines = (EVALS / "baselines" / "grounded" / "records.jsonl").read_text(encoding="utf-8")
    first = json.loads(lines.partition("\n")[0])
    article = (EVALS / "fixtures" / f"{first['fixture']}.txt").read_text(encoding="utf-8")
    record = load_record(json.dumps(first["record"]), article)
    fields = ("meetings[0].date", "statements[1].speaker", "persons[1].country")
    return code("\n".join(explain(record, field, Look(width=_WIDTH)) for field in fields))


def bad_inputs() -> str:
    """What the tests try, and what each gives."""
    blocks = []
    for group, cases in of_tests("cli.bad_inputs").CASES.items():
        rows = (
            (case.about, f"`{cell(case.command)}`", str(case.code), cell(_outcome(case)))
            for case in cases
        )
        head = ("given", "`summarizer` …", "exit code", "said")
        blocks.append(f"### {group[0].upper()}{group[1:]}\n\n{table(head, rows)}")
    return "\n\n".join(blocks)


def _outcome(case: Any) -> str:
    """What a case says; else that it gives a record all the same."""
    first, _, hint = case.says.partition("\n  ")
    return f"{first}. {hint}" if hint else first or "nothing: a record"


def evals() -> str | None:
    """The headline figures of the runs in `evals/`."""
    return readme_table(EVALS / "baselines", EVALS / "aggregates") or None


def calibration() -> str | None:
    """Whether speakers are as often right as their confidence says, on each split."""
    folder = EVALS / "baselines" / "grounded"
    if not is_run(folder):
        return None
    blocks = []
    for split in ("dev", "holdout"):
        speakers = speakers_of(load_run(folder), load_fixtures(EVALS / "fixtures", split))
        blocks.append(f"`{split}`:\n\n{code(calibration_text(speakers))}")
    return "\n\n".join(blocks)


def targets() -> str:
    """What the embedded model is held to, and what it reaches, on sets outside of the project."""
    rows = []
    for fixtures, held in tomllib.loads((EVALS / "targets.toml").read_text("utf-8")).items():
        path = EVALS / "aggregates" / f"{fixtures}-grounded.json"
        if not path.is_file():
            continue
        kept = json.loads(path.read_text(encoding="utf-8"))
        for line in kept["headlines"]:
            invented = line["unit"] == "returned"
            name = f"invented_{line['name']}" if invented else line["name"]
            side = held.get("most" if invented else "least", {})
            if name in side:
                rows.append((fixtures, *_target(line, side[name])))
    return table(("set", "figure", "wanted", "reached", "interval", ""), rows)


def _target(line: dict[str, Any], wanted: float) -> tuple[str, str, str, str, str]:
    """A figure's label, what is wanted, what it is, its interval, and whether that will do."""
    value, interval = line["value"], line["interval"]
    between = f"{interval['low']:.2f} to {interval['high']:.2f}" if interval else ""
    if line["unit"] == "returned":
        reached = value <= wanted
        return line["label"], f"{wanted}", f"{value}", between, "yes" if reached else "**no**"
    reached = value is not None and value >= wanted
    shown = "–" if value is None else f"{value:.3f}"
    return line["label"], f"≥ {wanted:.2f}", shown, between, "yes" if reached else "**no**"


def evals_compared() -> str | None:
    """What `eval compare` says of the two shipped prompts."""
    a, b = (EVALS / "baselines" / name for name in ("grounded", "single"))
    if not (is_run(a) and is_run(b)):
        return None
    text = comparison_text(contest(load_run(a), load_run(b)), width=_WIDTH)
    lines = (line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…" for line in text.split("\n"))
    return code("\n".join(line.rstrip() for line in lines))


Part = Callable[[], str | None]

PARTS: dict[str, Part] = {
    "layers": layers,
    "help": help_pages,
    "settings": settings,
    "exit-codes": exit_codes,
    "errors": error_classes,
    "models": models,
    "dialects": dialects,
    "servers": servers,
    "prices": prices,
    "asks": asks,
    "prompts": prompts,
    "record": fields,
    "bad-inputs": bad_inputs,
    "explanations": explanations,
    "exports": exports,
    "questions": questions,
    "two-sources": two_sources,
    "scale-cost": scale_cost,
    "evals": evals,
    "evals-compared": evals_compared,
    "calibration": calibration,
    "targets": targets,
}
# Made from what was measured, so only where it was.
BENCHMARKS = (
    "help_speed",
    "quotation_speed",
    "seed_speed",
    "seed_speed_single",
    "long_articles",
    "chaos",
    "throughput",
    "resume_speed",
    "run_memory",
    "injections",
    "fuzz",
    "ray_run",
    "ledger_growth",
    "workers",
    "score_speed",
    "engine_options",
    "review_paint",
    "comparison_errors",
    "peers",
    "peers_tokens",
    "peers_compared",
    "peers_limit",
)
MEASURED: dict[str, Part] = {
    "seed-record": seed_record,
    **{name.replace("_", "-"): partial(benchmark, name) for name in BENCHMARKS},
}
