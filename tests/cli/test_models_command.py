from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from summarizer.model import load_catalogue

Run = Callable[..., subprocess.CompletedProcess[str]]

SMALL = "smollm2-135m-instruct-q4_1"


def test_list_names_every_model_and_what_is_here(run_program: Run, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / f"{SMALL}.gguf").write_bytes(b"GGUF")
    done = run_program("models", "list", SUMMARIZER_MODELS_DIR=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert set(lines) == {"NAME", *(entry.name for entry in load_catalogue().models)}
    assert " damaged " in lines[SMALL]
    assert all(" - " in line for name, line in lines.items() if name not in ("NAME", SMALL))


def test_path_prints_a_path_or_the_command_that_brings_the_weights(
    run_program: Run,
    tmp_path: Path,
) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF and more")
    done = run_program("models", "path", str(own))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{own}\n", "")
    done = run_program("models", "path", SMALL)
    assert (done.returncode, done.stdout) == (5, "")
    assert f"summarizer models pull {SMALL}" in done.stderr


def test_an_unknown_model_is_wrong_usage_with_the_nearest_names(run_program: Run) -> None:
    for command in ("path", "pull", "remove"):
        done = run_program("models", command, "smollm2-135")
        assert done.returncode == 2
        assert "smollm2-135m" in done.stderr


def test_remove_frees_what_was_there(run_program: Run, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    weights = folder / f"{SMALL}.gguf"
    weights.write_bytes(b"x" * 3_000_000)
    done = run_program("models", "remove", SMALL, SUMMARIZER_MODELS_DIR=str(folder))
    assert (done.returncode, done.stdout) == (0, "")
    assert "3 MB freed" in done.stderr
    assert not weights.exists()
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF")
    assert run_program("models", "remove", str(own)).returncode == 2
    assert own.exists()


def test_pull_of_weights_that_are_here_prints_their_path(
    run_program: Run,
    tmp_path: Path,
) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF and more")
    done = run_program("models", "pull", str(own))
    assert (done.returncode, done.stdout) == (0, f"{own}\n")


def test_pull_into_a_folder_that_cannot_be_made_ends_with_5(
    run_program: Run,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("")
    folder = os.path.join(tmp_path, "file", "models")
    done = run_program("models", "pull", SMALL, SUMMARIZER_MODELS_DIR=folder)
    assert done.returncode == 5
    assert "SUMMARIZER_MODELS_DIR" in done.stderr
