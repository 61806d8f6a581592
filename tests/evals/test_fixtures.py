"""Reading fixtures, and what the checker says about wrong ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError
from summarizer.evals import Fixture, check_fixtures, fixture_set_hash, load_fixtures, oracle
from summarizer.record import verify

PROJECT = Path(__file__).parents[2] / "evals" / "fixtures"
Gold = Callable[..., dict[str, Any]]
Write = Callable[..., None]


def test_every_fixture_of_the_project_is_right(project_fixtures: list[Fixture]) -> None:
    assert check_fixtures(PROJECT) == []
    splits = [fixture.split for fixture in project_fixtures]
    assert len(splits) >= 41
    assert abs(splits.count("dev") - splits.count("holdout")) <= 1
    for fixture in project_fixtures:
        assert fixture.gold.synthetic is (fixture.id != "00-tsamto-shoigu-dong")


def test_the_words_of_the_gold_are_those_of_the_text(project_fixtures: list[Fixture]) -> None:
    for fixture in project_fixtures:
        for said in fixture.statements:
            spans = [*said.segments, *said.content]
            spans += [span for span in (said.speaker_mention, said.cue) if span]
            assert all(fixture.text[s.start : s.end] == s.text for s in spans)
            assert all(any(s.within(c) for c in said.content) for s in said.segments)


def test_the_seed_article_is_copied_exactly() -> None:
    (seed,) = (PROJECT.parents[1] / "seeds").glob("*.txt")
    assert (PROJECT / "00-tsamto-shoigu-dong.txt").read_bytes() == seed.read_bytes()


def test_the_seed_article_has_the_gold_of_the_worked_case(project_fixtures: list[Fixture]) -> None:
    seed = project_fixtures[0]
    quoted = [s for s in seed.statements if s.quote_type != "indirect"]
    speakers = [s.speaker.name for s in quoted if s.speaker]
    assert (speakers.count("Sergei Shoigu"), speakers.count("Dong Jun")) == (5, 4)
    assert [s.quote_type for s in quoted].count("mixed") == 1
    assert sum(s.quote_type == "indirect" and not s.optional for s in seed.statements) >= 4
    (meeting,) = seed.meetings
    entry = meeting.entry
    assert (entry.status, entry.date, entry.mode, entry.place) == (
        "held",
        "XXXX-01-31",
        "video",
        None,
    )
    assert [p.who.country for p in meeting.participants] == ["RUS", "CHN"]


def test_a_statement_is_located(make: Callable[..., Fixture], text: str) -> None:
    direct, mixed, indirect = make().statements
    assert [s.text for s in direct.segments] == ["We will send 12 ships,", "They will sail in May."]
    assert direct.content == direct.segments
    assert direct.speaker_mention and direct.speaker_mention.start == text.index("Lind said")
    assert mixed.content[0].text == "the plan “fully meets our needs” this year"
    assert indirect.cue and indirect.cue.text == "added"


def test_a_speaker_is_known_by_the_names_of_the_participant(
    make: Callable[..., Fixture], parts: dict[str, Any]
) -> None:
    spokesman = {**parts["direct"], "speaker": "Anna Lind", "speaker_accept": ["the lady"]}
    fixture = make(statements=[spokesman, parts["mixed"], parts["indirect"]])
    speaker = fixture.statements[0].speaker
    assert speaker is not None
    assert set(speaker.accept) == {"Lind", "the Norwegian minister", "the lady"}
    assert speaker.country == "NOR"


def test_a_speaker_may_be_unknown(make: Callable[..., Fixture], parts: dict[str, Any]) -> None:
    unknown = {**parts["direct"], "speaker": None, "speaker_mention": None, "cue": None}
    fixture = make(statements=[unknown])
    said = fixture.statements[0]
    assert (said.speaker, said.speaker_mention, said.cue) == (None, None, None)
    assert oracle(fixture).statements[0].speaker is None


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"surprise": 1}, "surprise", "Extra inputs"),
        ({"id": "02-other"}, "id", "differs from the file's name"),
        ({"split": "test"}, "split", "'dev' or 'holdout'"),
        ({"published": "2024-02-30"}, "published", "calendar"),
        ({"published": "1 May"}, "published", "pattern"),
        ({"source": " "}, "source", "pattern"),
    ],
)
def test_a_wrong_key_is_named(
    tmp_path: Path, gold: Gold, write: Write, text: str, change: Any, field: str, message: str
) -> None:
    write(tmp_path / "set", "01-oslo", text, {**gold(), **change})
    (problem,) = check_fixtures(tmp_path / "set")
    assert (problem.file, problem.field) == ("01-oslo.gold.json", field)
    assert message in problem.message
    with pytest.raises(InputError, match=f"01-oslo.gold.json: {field}: ") as caught:
        load_fixtures(tmp_path / "set")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("part", "change", "field"),
    [
        ("meeting", {"status": "done"}, "meetings[0].status"),
        ("meeting", {"mode": "in person"}, "meetings[0].mode"),
        ("meeting", {"date": "31 January"}, "meetings[0].date"),
        ("meeting", {"date": "2024-02-30"}, "meetings[0].date"),
        ("meeting", {"date_text": "on Monday"}, "meetings[0].date_text"),
        ("meeting", {"place": "Paris"}, "meetings[0].place"),
        ("lind", {"country": "Norway"}, "meetings[0].participants[0].country"),
        ("lind", {"country": "XYZ"}, "meetings[0].participants[0].country"),
        ("lind", {"name": "Pedro Sousa"}, "meetings[0].participants[1].name"),
        ("direct", {"quote_type": "quoted"}, "statements[0].quote_type"),
        ("direct", {"segments": []}, "statements[0].segments"),
        ("direct", {"segments": ["We will not"]}, "statements[0].segments"),
        ("direct", {"segments": ["will"]}, "statements[0].segments"),
        ("direct", {"speaker_mention": "Karl"}, "statements[0].speaker_mention"),
        ("direct", {"cue": "whispered"}, "statements[0].cue"),
        ("direct", {"content": "We will send 12 ships,"}, "statements[0].content"),
        ("mixed", {"content": None}, "statements[1].content"),
        ("mixed", {"content": "no such clause"}, "statements[1].content"),
        ("indirect", {"surprise": 1}, "statements[2].surprise"),
    ],
)
def test_a_wrong_part_is_named(
    tmp_path: Path,
    gold: Gold,
    write: Write,
    text: str,
    parts: dict[str, Any],
    part: str,
    change: dict[str, Any],
    field: str,
) -> None:
    changed = {**parts, part: {**parts[part], **change}}
    people = [changed["lind"], changed["sousa"]]
    wrong = gold(
        meetings=[{**changed["meeting"], "participants": people}],
        statements=[changed["direct"], changed["mixed"], changed["indirect"]],
    )
    write(tmp_path / "set", "01-oslo", text, wrong)
    assert field in [problem.field for problem in check_fixtures(tmp_path / "set")]


def test_every_problem_is_listed(tmp_path: Path, gold: Gold, write: Write, text: str) -> None:
    folder = tmp_path / "set"
    write(folder, "01-oslo", text, {**gold(), "id": "x", "published": "2024-02-30"})
    (folder / "02-lonely.txt").write_text("No gold.", encoding="utf-8")
    (folder / "03-empty.gold.json").write_text("{}", encoding="utf-8")
    write(folder, "04-broken", text, {})
    (folder / "04-broken.gold.json").write_text("{", encoding="utf-8")
    problems = check_fixtures(folder)
    assert {problem.file for problem in problems} == {
        "01-oslo.gold.json",
        "02-lonely.txt",
        "03-empty.gold.json",
        "04-broken.gold.json",
    }
    with pytest.raises(InputError, match=r"and 4 more problems"):
        load_fixtures(folder)


def test_splits_are_chosen_and_wanted_everywhere(
    tmp_path: Path, gold: Gold, write: Write, text: str
) -> None:
    folder = tmp_path / "set"
    write(folder, "01-a", text, gold("01-a", split="dev"))
    write(folder, "02-b", text, gold("02-b", split="holdout"))
    assert [f.id for f in load_fixtures(folder, "holdout")] == ["02-b"]
    assert [f.id for f in load_fixtures(folder)] == ["01-a", "02-b"]
    write(folder, "03-c", text, gold("03-c"))
    assert [p.where for p in check_fixtures(folder)] == ["03-c.gold.json: split"]


def test_a_folder_without_fixtures_is_an_error(tmp_path: Path, gold: Gold, text: str) -> None:
    with pytest.raises(InputError, match="is no folder"):
        load_fixtures(tmp_path / "missing")
    with pytest.raises(InputError, match="holds no fixtures"):
        load_fixtures(tmp_path)
    with pytest.raises(InputError, match="of split `dev`"):
        load_fixtures(tmp_path, "dev")


def test_the_hash_tells_sets_apart_whatever_their_order(
    tmp_path: Path, project_fixtures: list[Fixture]
) -> None:
    whole = fixture_set_hash(project_fixtures)
    assert fixture_set_hash(reversed(project_fixtures)) == whole
    assert fixture_set_hash(project_fixtures[1:]) != whole
    copy = tmp_path / "copy"
    shutil.copytree(PROJECT, copy)
    assert fixture_set_hash(load_fixtures(copy)) == whole
    file = copy / "01-astana-ministers.gold.json"
    changed = json.loads(file.read_text(encoding="utf-8"))
    changed["statements"][0]["optional"] = True
    file.write_text(json.dumps(changed), encoding="utf-8")
    assert fixture_set_hash(load_fixtures(copy)) != whole


def test_a_text_that_is_not_text_is_named(tmp_path: Path, gold: Gold, write: Write) -> None:
    write(tmp_path / "set", "01-oslo", "x", gold())
    (tmp_path / "set" / "01-oslo.txt").write_bytes(b"%PDF-1.7")
    (problem,) = check_fixtures(tmp_path / "set")
    assert problem.where == "01-oslo.txt"


def test_what_the_seed_says_can_be_a_record(project_fixtures: list[Fixture]) -> None:
    # The oracle leaves out evidence and countries' words, which only a real record has.
    record = oracle(project_fixtures[0])
    people = [person.model_copy(update={"country": None}) for person in record.persons]
    meetings = [
        meeting.model_copy(
            update={
                "topics": [],
                "evidence": meeting.evidence.model_copy(
                    update={"status": [meeting.date.span], "mode": [meeting.date.span]}
                    if meeting.date
                    else {}
                ),
            }
        )
        for meeting in record.meetings
    ]
    verify(record.model_copy(update={"persons": people, "meetings": meetings}))
