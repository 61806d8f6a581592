"""Prices: what comes with the program, a file of the user's own, and what answers cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import UsageError
from summarizer.model import Price, PriceTable, Usage, load_prices

SHIPPED = load_prices()
OPENAI = "https://api.openai.com/v1"
OWN = """
[[prices]]
hosts = ["LLM.example.org", "localhost:8080"]
source = "our contract"
date = 2026-11-01
batch = 0.25
[prices.models]
"Our-Model" = { input = 3, output = 6.5 }
"gpt-4o" = { input = 1, cached_input = 0, cache_write = 2, output = 4 }
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(text: str) -> Path:
        path = tmp_path / "prices.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return file


def price(**changes: Decimal | None) -> Price:
    values: dict[str, Decimal | None] = {
        "input": Decimal(2), "output": Decimal(8), "cached_input": Decimal("0.5"),
        "cache_write": None, "batch": None,
    }  # fmt: skip
    return Price("m", "h", source="s", date=date(2026, 1, 1), **(values | changes))


def found(table: PriceTable, model: str, address: str | None = OPENAI) -> Price:
    price = table.find(model, address)
    assert price is not None
    return price


class TestCost:
    def test_read_and_written_tokens(self) -> None:
        assert price().cost(Usage(prompt_tokens=1_000_000)) == 2
        assert price().cost(Usage(completion_tokens=500_000)) == 4
        assert price().cost(Usage()) == 0
        assert price().cost(Usage(prompt_tokens=1, completion_tokens=1)) == 0.000010

    def test_cached_tokens_are_part_of_those_read(self) -> None:
        usage = Usage(prompt_tokens=1_000_000, cached_tokens=600_000)
        assert price().cost(usage) == 0.4 * 2 + 0.6 * 0.5
        assert price(cached_input=None).cost(usage) == 2
        assert price(cached_input=Decimal(0)).cost(usage) == 0.8

    def test_tokens_that_are_kept_cost_more(self) -> None:
        usage = Usage(prompt_tokens=1_000_000, cached_tokens=500_000)
        assert price(cache_write=Decimal("2.5")).cost(usage) == 1.25 + 0.25

    def test_a_server_that_counts_more_cached_tokens_than_read_ones(self) -> None:
        assert price().cost(Usage(prompt_tokens=1_000_000, cached_tokens=2_000_000)) == 0.5

    @given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
    def test_it_is_exact_to_the_last_digit(self, read: int, cached: int, written: int) -> None:
        usage = Usage(prompt_tokens=read, cached_tokens=cached, completion_tokens=written)
        known = min(read, cached)
        exact = Fraction(2 * (read - known) * 10 + 5 * known + 80 * written, 10**7)
        assert price().cost(usage) == float(exact)


class TestWhatComesWithTheProgram:
    def test_prices_that_were_looked_up(self) -> None:
        """Figures typed a second time, from OpenAI's page of prices in October 2026."""
        read = {
            name: (str(p.input), str(p.cached_input), str(p.output))
            for name in ("gpt-4o-mini", "gpt-4.1", "gpt-5-mini", "o4-mini", "gpt-6-luna")
            for p in [found(SHIPPED, name)]
        }
        assert read == {
            "gpt-4o-mini": ("0.15", "0.075", "0.6"),
            "gpt-4.1": ("2", "0.5", "8"),
            "gpt-5-mini": ("0.25", "0.025", "2"),
            "o4-mini": ("1.1", "0.275", "4.4"),
            "gpt-6-luna": ("0.1", "0.01", "0.5"),
        }

    @pytest.mark.parametrize("price", SHIPPED.prices, ids=lambda price: price.model)
    def test_every_price_has_a_source_a_day_and_an_order_of_size(self, price: Price) -> None:
        assert price.source.startswith("https://")
        assert date(2026, 1, 1) <= price.date <= date.today()
        assert 0 < price.input <= price.output < 100
        if price.cached_input is not None:
            assert 0 < price.cached_input < price.input
        if price.cache_write is not None:
            assert price.input < price.cache_write <= price.input * 2
        assert price.batch in (None, Decimal("0.5"))

    def test_one_article_with_a_small_model(self) -> None:
        usage = Usage(prompt_tokens=2000, cached_tokens=1000, completion_tokens=500)
        assert found(SHIPPED, "gpt-4o-mini").cost(usage) == 0.000525


class TestFinding:
    @pytest.mark.parametrize(
        "address",
        [OPENAI, "https://api.openai.com:443/v1/", "api.openai.com", "API.openai.com:443"],
    )
    def test_the_host_decides(self, address: str) -> None:
        assert found(SHIPPED, "gpt-4o", address).host == "api.openai.com"

    @pytest.mark.parametrize(
        "address",
        ["http://127.0.0.1:8080/v1", "https://api.openai.com.example.org/v1", "local", "", None,
         "https://api.openai.com@example.org/v1", "https://example.org/api.openai.com"],
    )  # fmt: skip
    def test_elsewhere_the_price_is_not_known(self, address: str | None) -> None:
        assert SHIPPED.find("gpt-4o", address) is None

    def test_a_snapshot_has_the_price_of_its_family_or_its_own(self) -> None:
        assert found(SHIPPED, "GPT-4o-mini-2024-07-18") == found(SHIPPED, "gpt-4o-mini")
        assert found(SHIPPED, "gpt-4o-2024-05-13").input == 5
        assert found(SHIPPED, "gpt-4o-2024-08-06").input == Decimal("2.5")

    @pytest.mark.parametrize(
        "model",
        ["gpt-4o-audio-preview", "gpt-4o-mini-tts", "ft:gpt-4o-mini-2024-07-18:us::x", "gpt-4",
         "gpt-4o-", "gpt-4o-20240513", "gpt", "", "my-gpt-4o"],
    )  # fmt: skip
    def test_names_that_only_look_alike(self, model: str) -> None:
        assert SHIPPED.find(model, OPENAI) is None


class TestTheUsersFile:
    def test_it_adds_and_replaces(self, write: Write) -> None:
        text = OWN + OWN.replace("LLM.example.org", "api.openai.com").replace(":8080", ":1")
        table = load_prices(write(text))
        own = found(table, "our-model", "https://llm.example.org/v1")
        assert (own.input, own.output) == (3, Decimal("6.5"))
        assert (own.cached_input, own.cache_write, own.batch) == (None, None, Decimal("0.25"))
        assert (own.source, own.date) == ("our contract", date(2026, 11, 1))
        assert found(table, "gpt-4o").input == 1
        assert found(table, "gpt-4o-mini") == found(SHIPPED, "gpt-4o-mini")
        assert found(load_prices(), "gpt-4o").input == Decimal("2.5")

    def test_a_host_with_its_port_means_that_port(self, write: Write) -> None:
        table = load_prices(write(OWN))
        assert table.find("our-model", "http://localhost:8080/v1") is not None
        assert table.find("our-model", "http://localhost:9090/v1") is None
        assert table.find("our-model", "http://llm.example.org:9090/v1") is not None

    @pytest.mark.parametrize(
        ("old", "new", "complaint"),
        [
            ("output = 6.5", "output = -1", "`prices[0].models.Our-Model.output` is wrong"),
            ("output = 6.5", 'output = "6.5"', "`prices[0].models.Our-Model.output` is wrong"),
            ("output = 6.5", "output = true", "`prices[0].models.Our-Model.output` is wrong"),
            ("output = 6.5", "output = nan", "`prices[0].models.Our-Model.output` is wrong"),
            ("output = 6.5", "output = inf", "`prices[0].models.Our-Model.output` is wrong"),
            ("output = 6.5", "output = 1e999999", "`prices[0].models.Our-Model.output` is wrong"),
            (", output = 6.5", "", "`prices[0].models.Our-Model.output` is missing"),
            ("output = 6.5", "output = 1, x = 1", "unknown key `prices[0].models.Our-Model.x`"),
            ("batch = 0.25", "batch = 2", "`prices[0].batch` is wrong"),
            ("batch = 0.25", "discount = 2", "unknown key `prices[0].discount`"),
            ("date = 2026-11-01", 'date = "soon"', "`prices[0].date` is wrong"),
            ("date = 2026-11-01", "", "`prices[0].date` is missing"),
            ('source = "our contract"', 'source = ""', "`prices[0].source` is wrong"),
            ('hosts = ["LLM.example.org", "localhost:8080"]', "hosts = []", "`prices[0].hosts`"),
            ('"gpt-4o"', '"our-model"', "`prices[0].models.our-model` is a second price at `LLM"),
            ("[[prices]]", "[prices]", "`prices` is wrong"),
            ("[[prices]]", "x = 1\n[[prices]]", "unknown key `x`"),
            ("prices", "price", "`prices` is missing"),
            ("[[prices]]", "[[prices", "is not TOML"),
            ("[[prices]]", "x = " + "[" * 100_000, "is not TOML that can be read"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_named(self, write: Write, old: str, new: str, complaint: str) -> None:
        assert old in OWN
        path = write(OWN.replace(old, new))
        with pytest.raises(UsageError) as caught:
            load_prices(path)
        assert complaint in caught.value.message
        assert caught.value.where == str(path)

    def test_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read: No such file"):
            load_prices(tmp_path / "none.toml")
        with pytest.raises(UsageError, match="cannot be read: Is a directory"):
            load_prices(tmp_path)
        (tmp_path / "x.toml").write_bytes(b"x = '\xff'")
        with pytest.raises(UsageError, match="is not UTF-8"):
            load_prices(tmp_path / "x.toml")

    @given(st.text())
    def test_any_text_gives_prices_or_a_usage_error(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "any.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError):
            load_prices(path)
