"""The package as a whole: its doors, its floors, what the wheel holds, what an import costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "summarizer"
LONGEST = 400
# What other rooms, and other programs, may count on.
DOORS = {
    "analysis": (
        "Attribution Candidate DateFinder Event has_case is_concrete Mention Ordered read "
        "Reading spans_in_order"
    ),
    "article": (
        "Article article_id count_inputs decode detect_language find_inputs FrontMatter "
        "marked MAX_BYTES one_line PageCopy paragraphs Plain plain Quotation quotations "
        "read_inputs read_source sentences Source Span span_at split_front_matter"
    ),
    "cli": "main",
    "corrections": (
        "apply_corrections ArticleCorrections Change Corrected CorrectionsFile history_of "
        "HistoryEntry KINDS load_corrections tally"
    ),
    "evals": (
        "AccuracyFigure adjusted ArticlePair ArticleScores Bin calibration_error "
        "calibration_interval calibration_text check_fixtures compare Comparison confusions "
        "Counts dump_scores EvalSet F1Figure Failure Finding Fixture fixture_set_hash "
        "FixtureSet Flip flips gate GoldFile GoldMeeting GoldParticipant GoldStatement "
        "Headline headlines Interval Invented InventionFigure JOINT Judged judged "
        "load_fixtures load_polnear load_scores Macro open_set oracle PolnearArticle "
        "PolnearSet Problem read_answer reliability rule_counts score score_polnear "
        "score_runs Scores smallest_detectable Split suspects Tally Task Verdict fixture_of "
        "write_fixtures"
    ),
    "digest": "Digest Period digest html_page markdown_page",
    "export": (
        "Attribution attributions BratEvent BratSpan export ExportName EXPORTS place read_brat "
        "read_cell record_to_brat write_brat written_cell"
    ),
    "extract": "Call Choice Listener Option summarize_article",
    "lexicon": "Lexicon Phrases is_wide languages lexicon",
    "linkage": (
        "bounds compatible differences link Linkage Linker Mention precision Report report "
        "settled statement_topics"
    ),
    "model": (
        "announce Answer AnswerCache Answers BatchEndpoint BatchProvider BatchState "
        "cache_info cache_path CacheInfo Catalogue MOST_BYTES Pacing request_line wait_for "
        "check_reachable choice_probabilities clear_cache DialectName DIALECTS "
        "EmbeddedServer Endpoint find_model find_warm Findings INSTEAD LADDER "
        "load_catalogue load_prices LOCAL LOCAL_CONTEXT Manner Model ModelEntry "
        "models_folder Pace Pacer Parameters Price PriceTable Progress pull remove "
        "Request request_sha256 requests_sha256 schema_name ServerAddress Stage "
        "strict_schema Token Trial Usage usage_of verify weights_identity weights_path"
    ),
    "prompt": (
        "ASKS Ask Message Parameters Piece Problem Prompt check_prompt diff_prompts "
        "find_prompt list_prompts load_prompt new_prompt prompt_paths shipped_folder"
    ),
    "record": (
        "Check check_path check_record date_problem dump_record field_at FieldAt load_record "
        "load_records Meeting MeetingDate MeetingEvidence MeetingKind MeetingMode MeetingStatus "
        "missing_words Person PersonEvidence PersonType Place PromptIdentity Provenance "
        "Quoted quoted QuoteType "
        "Record record_schema RecordUsage relabelled SCHEMA_VERSION Severity spans_of "
        "Statement Summary Supported unsupported_terms verify Violation"
    ),
    "run": (
        "Budget Conductor Crew Database Done Ending ENGINES Entry Equipment Estimate estimate_run "
        "exit_code Heard Identity Layout Ledger LedgerReader open_database open_output open_parts "
        "Opening Output Progress Purse read_records RunInfo shortest ShortestAnswers Spent State "
        "state_of SUFFIX take_in Task UNFINISHED"
    ),
    "views": "escape explain Form Look VIEWS View render said",
}
HEAVY = (
    "openai instructor xllamacpp huggingface_hub pydantic typer rich jinja2 yaml trafilatura babel"
    " numpy scipy pycountry edtf feedparser matplotlib pyarrow tinycss2"
)
DATA = {
    "prompts/grounded/prompt.md",
    "prompts/grounded/speakers.md",
    "lexicon/en.toml",
    "model/catalogue.toml",
    "model/prices.toml",
    "model/weights/smollm2-135m-instruct-q4_1.txt",
    "record/function_words.txt",
    "run/database.sql",
    "digest/templates/digest.html",
    "digest/templates/digest.css",
}


@pytest.mark.parametrize("room", DOORS)
def test_the_names_of_a_door(room: str) -> None:
    door = import_module(f"summarizer.{room}")
    assert sorted(door.__all__) == sorted(DOORS[room].split())
    assert all(hasattr(door, name) for name in door.__all__)
    assert door.__doc__


def test_every_room_has_a_door() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(DOORS)


def test_each_floor_imports_only_from_those_below() -> None:
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_importing_the_package_imports_no_library() -> None:
    code = f"import sys, summarizer; print([m for m in {HEAVY.split()!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("folder", ["summarizer", "tests", "docs", "benchmarks", "evals"])
def test_no_file_is_long(folder: str) -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST} == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, "wheel", *options, str(ROOT)], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    package = {name.removeprefix("summarizer/") for name in held if name.startswith("summarizer/")}
    assert package >= DATA
    sources = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    prompts = {
        f"prompts/{path.relative_to(ROOT / 'prompts')}"
        for path in (ROOT / "prompts").rglob("*")
        if path.is_file()
    }
    assert package == sources | prompts
    others = {name.partition("/")[0] for name in held} - {"summarizer"}
    assert [name.endswith(".dist-info") for name in others] == [True]


def test_the_wheel_works_where_it_is_unpacked(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    run = [sys.executable, "-m", "summarizer"]
    place = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [*run, "prompts", "show", "grounded"],
        cwd=tmp_path,
        env=place,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert f"path: {tmp_path / 'site' / 'summarizer' / 'prompts' / 'grounded'}" in done.stdout


def test_what_is_typed_says_so() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Typing :: Typed" in project["classifiers"]
    assert (PACKAGE / "py.typed").is_file()
