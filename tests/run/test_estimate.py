from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model
from reports import report

from summarizer.article import Article, article_id
from summarizer.errors import InvalidAnswer
from summarizer.model import Price, Usage, strict_schema
from summarizer.prompt import Message, load_prompt
from summarizer.run import ShortestAnswers, estimate_run, shortest
from summarizer.run.estimate import tokens


def articles(count: int) -> list[Article]:
    texts = [report(number) for number in range(count)]
    return [
        Article(id=article_id(t), uri=f"{n}", language="en", text=t) for n, t in enumerate(texts)
    ]


PRICE = Price("m", "h", Decimal(2), Decimal(8), None, None, None, "contract", date(2026, 1, 1))


class Part(BaseModel):
    name: str
    number: int | None
    kind: Literal["long one", "b"]


class Whole(BaseModel):
    parts: list[Part] = Field(min_length=2)
    words: list[str]
    share: Annotated[float, Field(ge=0.5)]
    yes: bool
    text: str = Field(min_length=3)


def test_the_shortest_value_fits_its_schema() -> None:
    schema = strict_schema(Whole)
    value = shortest(schema, schema)
    assert Whole.model_validate(value).parts[0].kind == "b"
    assert value["words"] == [] and len(value["parts"]) == 2
    assert value["parts"][0]["number"] is None
    assert len(value["text"]) == 3


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,6}", fullmatch=True),
        st.sampled_from([str, int, bool, float, list[int], str | None, Literal["x", "yy"], Part]),
        min_size=1,
        max_size=6,
    )
)
def test_it_fits_whatever_the_fields(fields: dict[str, object]) -> None:
    names = {f"f_{name}": (kind, ...) for name, kind in fields.items()}
    made: type[BaseModel] = create_model("Made", **names)  # type: ignore[call-overload]
    schema = strict_schema(made)
    made.model_validate(shortest(schema, schema))


def test_what_has_no_short_answer_is_an_answer_error() -> None:
    class Even(BaseModel):
        number: Annotated[int, Field(ge=3, multiple_of=2)]

    with pytest.raises(InvalidAnswer):
        ShortestAnswers().ask([Message("user", "x")], Even, max_tokens=5)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("abcd", 1), ("abcde", 2), ("漢字", 2)])
def test_tokens_by_bytes(text: str, count: int) -> None:
    assert tokens(text) == count


def test_an_estimate_grows_with_the_articles_and_leaves_out_the_known() -> None:
    prompt = load_prompt("grounded")
    made = articles(100)
    few = estimate_run(made[:10], prompt=prompt, price=PRICE, is_known=lambda article: False)
    many = estimate_run(made, prompt=prompt, price=PRICE, is_known=lambda article: False)
    none = estimate_run(made, prompt=prompt, price=PRICE, is_known=lambda article: True)
    assert (few.articles, many.articles, none.articles, none.known) == (10, 100, 0, 100)
    assert many.calls == pytest.approx(10 * few.calls, rel=0.2)
    assert many.read == pytest.approx(10 * few.read, rel=0.2)
    assert none.calls == none.read == none.written[1] == 0
    assert many.cost_usd is not None and few.cost_usd is not None
    assert 0 < few.cost_usd[0] <= few.cost_usd[1] < many.cost_usd[1]
    least = PRICE.cost(Usage(prompt_tokens=few.read, completion_tokens=few.written[0]))
    assert few.cost_usd[0] == pytest.approx(float(least))


def test_without_a_price_there_is_no_cost() -> None:
    found = estimate_run(
        articles(2), prompt=load_prompt("single"), price=None, is_known=lambda article: False
    )
    assert found.cost_usd is None
    assert found.written[0] < found.written[1]
