from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model

from summarizer.model import strict_schema
from summarizer.model.schema import schema_name


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Person(BaseModel):
    """Someone."""

    name: Annotated[str, Field(max_length=40)]
    title: str | None = None
    default: int = 3


class Call(BaseModel):
    kind: Literal["call"] = "call"
    line: Literal["red", "plain"]


class Visit(BaseModel, extra="forbid"):
    kind: Literal["visit"] = "visit"
    host: Person


class Everything(BaseModel):
    people: list[Person] = Field(default=[], max_length=4)
    lead: Person = Field(description="who leads")
    colour: Colour = Colour.RED
    event: Call | Visit = Field(discriminator="kind")
    pair: tuple[int, str]


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema; the names of properties are no schemas."""
    assert isinstance(node, dict)
    yield node
    for key, value in node.items():
        if key == "properties":
            for sub in value.values():
                yield from parts(sub)
        elif key in ("anyOf", "prefixItems"):
            for sub in value:
                yield from parts(sub)
        elif key == "items":
            yield from parts(value)


def test_objects_are_closed_and_everything_is_required() -> None:
    found = [part for part in parts(strict_schema(Everything)) if part.get("type") == "object"]
    assert len(found) == 6
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])


@pytest.mark.parametrize("word", ["$ref", "$defs", "oneOf", "discriminator", "default", "title"])
def test_words_that_strict_mode_does_not_know_are_gone(word: str) -> None:
    assert all(word not in part for part in parts(strict_schema(Everything)))
    assert word in ("default", "title") or word not in json.dumps(strict_schema(Everything))


def test_properties_may_be_called_like_those_words() -> None:
    assert list(strict_schema(Person)["properties"]) == ["name", "title", "default"]


def test_bounds_choices_and_descriptions_stay() -> None:
    properties = strict_schema(Everything)["properties"]
    assert properties["people"]["maxItems"] == 4
    assert properties["people"]["items"]["properties"]["name"]["maxLength"] == 40
    assert properties["colour"]["enum"] == ["red", "blue"]
    assert properties["lead"]["description"] == "who leads"
    assert properties["lead"]["properties"]["title"]["anyOf"] == [
        {"type": "string"},
        {"type": "null"},
    ]


def test_an_answer_without_fields_is_a_closed_object() -> None:
    assert strict_schema(create_model("Nothing")) == {
        "type": "object",
        "properties": {},
        "required": [],
        "additionalProperties": False,
    }


class Tree(BaseModel):
    left: Tree | None


class Inner(BaseModel):
    trees: list[Tree]


class Free(BaseModel):
    by_name: dict[str, int]


@pytest.mark.parametrize("answer_type", [Tree, Inner])
def test_a_type_that_refers_to_itself_is_refused(answer_type: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match="`Tree`"):
        strict_schema(answer_type)


def test_an_object_with_free_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="free keys"):
        strict_schema(Free)


def test_the_same_class_twice_is_not_a_circle() -> None:
    class Pair(BaseModel):
        one: Person
        other: Person

    assert strict_schema(Pair)["properties"]["other"]["properties"]["name"]["type"] == "string"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Speakers", "Speakers"), ("List[int]", "List_int_"), ("é" * 80, "_" * 64)],
)
def test_schema_names_have_only_allowed_characters(name: str, expected: str) -> None:
    assert schema_name(create_model(name)) == expected
