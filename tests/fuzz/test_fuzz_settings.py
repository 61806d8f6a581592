"""Anything as the project's settings or as a file of prices."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.model import load_prices
from summarizer.settings import choose_model, load_settings

from .endings import EXAMPLES, orderly
from .material import ANY_TEXT, files

_SETTINGS = (
    'model = "m"\n', "model = 5\n", 'base_url = "http://127.0.0.1:1/v1"\n', 'base_url = "x"\n',
    'base_url = "http://[::1"\n', "jobs = 0\n", "jobs = 9\n", "max_cost = nan\n", "x = 1\n",
    'published = "2024-13-01"\n', 'format = "pdf"\n', 'out = ""\n', 'prompt = "~nobody/x"\n',
    "[model]\n", "[[jobs]]\n", 'api_key = "k"\n', "a.b.c = 1\n", '"jobs" = 2\n', "\\", '"""', "'''",
)  # fmt: skip
_PRICES = (
    "[[prices]]\n", 'hosts = ["a"]\n', 'hosts = ["a", "A"]\n', 'source = "s"\n', "batch = 0.5\n",
    "date = 2024-01-01\n", "date = 24\n", "[prices.models]\n", '"m" = { input = 1, output = 2 }\n',
    '"m" = { input = -1, output = 1e999 }\n', '"M" = { input = true }\n', "[prices.models.x]\n",
    "input = 9e999999999\n", "output = inf\n",
)  # fmt: skip


def _written(pool: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    return files(st.lists(st.sampled_from(pool) | ANY_TEXT, max_size=8).map("".join))


@settings(max_examples=EXAMPLES)
@given(_written(_SETTINGS))
@example(b"jobs = " + b"1" * 5_000)
@example(b"jobs = " + b"[" * 100_000)
def test_any_settings(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "summarizer.toml").write_bytes(data)
        with orderly():
            choose_model(load_settings(folder))


@settings(max_examples=EXAMPLES)
@given(_written(_PRICES))
@example(b"prices = " + b"1" * 5_000)
def test_any_prices(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "prices.toml")
        path.write_bytes(data)
        with orderly():
            load_prices(path)
