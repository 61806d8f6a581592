"""What a run would read and write, estimated before anything is paid.

A model that costs nothing stands in for the real one on a sample of the articles: it takes in each
question, and gives the shortest answer that fits. What it is asked is what would be sent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.article import Article
from summarizer.errors import InvalidAnswer, SummarizerError
from summarizer.model import (
    Answer,
    Parameters,
    Request,
    Usage,
    schema_name,
    strict_schema,
)
from summarizer.prompt import Message, Prompt

if TYPE_CHECKING:
    from summarizer.model import Price

T = TypeVar("T", bound=BaseModel)

# Of UTF-8: four letters of English, two of Cyrillic, one and a third of Chinese.
BYTES_A_TOKEN = 4
_SAMPLE = 40


@dataclass(frozen=True)
class Estimate:
    """What `articles` new articles would take; written tokens and cost as the least and the most.

    `known` have an answer already. A cost is null where no price is known. Answers that have to be
    asked for again come on top.
    """

    articles: int
    known: int
    calls: int
    read: int
    written: tuple[int, int]
    cost_usd: tuple[float, float] | None


def estimate_run(
    articles: Iterable[Article],
    *,
    prompt: Prompt,
    price: Price | None,
    is_known: Callable[[Article], bool],
) -> Estimate:
    """Estimate a run over articles; a sample of 40 stands for the others, by their length."""
    known, count, length = 0, 0, 0
    sample: list[Article] = []
    chance = random.Random(0)
    for article in articles:
        if is_known(article):
            known += 1
            continue
        count, length = count + 1, length + len(article.body)
        # Reservoir sampling: each article is as likely to be in the sample as any other.
        if len(sample) < _SAMPLE:
            sample.append(article)
        elif (place := chance.randrange(count)) < _SAMPLE:
            sample[place] = article
    model = ShortestAnswers()
    for article in sample:
        _ask(article, model, prompt)
    part = sum(len(article.body) for article in sample)
    share = length / part if part else 0.0
    calls, read = round(model.calls * share), round(model.read * share)
    least, most = round(model.written * share), round(model.allowed * share)
    return Estimate(count, known, calls, read, (least, most), _cost(price, read, least, most))


def _ask(article: Article, model: ShortestAnswers, prompt: Prompt) -> None:
    from summarizer.extract import summarize_article

    try:
        summarize_article(article, model=model, prompt=prompt)
    except SummarizerError:
        return  # what was asked until then is counted


def _cost(price: Price | None, read: int, least: int, most: int) -> tuple[float, float] | None:
    if price is None:
        return None
    usages = (Usage(prompt_tokens=read, completion_tokens=written) for written in (least, most))
    low, high = (price.cost(usage) for usage in usages)
    return low, high


class ShortestAnswers:
    """Answers each question with the least that fits its schema, and counts tokens.

    `read` and `written` are estimates in tokens; `allowed` is what the answers might take.
    """

    name = "estimate"
    label = "local"
    context: int | None = None

    def __init__(self) -> None:
        self.calls = 0
        self.read = 0
        self.written = 0
        self.allowed = 0

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """See `Endpoint.ask`; whether the answer is right is not looked at."""
        schema = strict_schema(answer_type)
        self.calls += 1
        self.read += sum(tokens(message.content) for message in messages)
        self.allowed += max_tokens
        try:
            value = answer_type.model_validate(shortest(schema, schema))
        except (ValidationError, ValueError) as error:
            raise InvalidAnswer(f"no short answer fits: {error}") from None
        raw = value.model_dump_json()
        self.written += tokens(raw)
        request = Request(
            tuple(messages), schema_name(answer_type), schema, Parameters(max_tokens=max_tokens)
        )
        return Answer(value, raw, Usage(calls=1, attempts=1), request)


def tokens(text: str) -> int:
    """About how many tokens a text is."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // BYTES_A_TOKEN)


def shortest(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """The shortest value that a JSON Schema of an answer allows; `root` holds its `$defs`."""
    if "$ref" in schema:
        return shortest(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return min(schema["enum"], key=lambda value: len(str(value)))
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        null = {"type": "null"} in choices
        return None if null else shortest(choices[0], root)
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {name: shortest(part, root) for name, part in fields.items()}
        case "array":
            items = schema.get("prefixItems") or [schema.get("items", {})]
            return [shortest(items[0], root) for _ in range(schema.get("minItems", 0))]
        case "string":
            return "x" * schema.get("minLength", 0)
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        case "boolean":
            return False
        case _:
            return None
