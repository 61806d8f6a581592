"""instructor with one schema and one call, every list and string bounded, as the model needs it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Annotated, Any, Literal

import instructor
import openai
from pydantic import BaseModel, Field

MOST_TOKENS = 1200
RETRIES = 2
SYSTEM = (
    "You extract facts from news articles about official meetings. Use only what the article "
    "says. Copy quotations exactly, character by character; never paraphrase and never merge two "
    "quotations. Leave a field null if the article does not give it."
)

Name = Annotated[str, Field(max_length=80)]


class Meeting(BaseModel):
    """A meeting, call or talks that the article reports or announces."""

    status: Literal["held", "planned", "cancelled", "proposed"]
    date: Annotated[str, Field(max_length=21)] | None = Field(
        description="YYYY-MM-DD, or XXXX-MM-DD if the year is not known"
    )
    place: Name | None = Field(description="the city or country where it takes place")
    mode: Literal["in_person", "video", "phone", "correspondence", "hybrid", "unknown"]
    participants: list[Name] = Field(
        max_length=8, description="the full names of those who take part"
    )


class Quotation(BaseModel):
    """Words inside quotation marks that somebody says; not names or titles in marks."""

    speaker: Name | None = Field(
        description="the full name of the person who says it, or the article's words for someone "
        "unnamed"
    )
    quotation: str = Field(
        max_length=800, description="the exact words inside the quotation marks, without the marks"
    )


class Report(BaseModel):
    """The meetings and the quotations of one article, in order of appearance."""

    meetings: list[Meeting] = Field(max_length=4)
    quotations: list[Quotation] = Field(max_length=14)


def versions() -> dict[str, str]:
    """What tells its answers from those of another state."""
    return {"instructor": version("instructor"), "openai": version("openai")}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What it extracts from one article."""
    published = f"Published on {job['published']}.\n\n" if job["published"] else ""
    report = _client(job["base_url"], job["api_key"]).chat.completions.create(
        model=job["model"],
        response_model=Report,
        messages=[
            {"role": "system", "content": SYSTEM},
            {
                "role": "user",
                "content": "List the meetings and the quotations of this article.\n\n"
                f"{published}{job['text']}",
            },
        ],
        temperature=0.0,
        max_tokens=MOST_TOKENS,
        max_retries=RETRIES,
    )
    return {
        "in_parts": False,
        "statements": [{**q.model_dump(), "place": None} for q in report.quotations],
        "meetings": [meeting.model_dump() for meeting in report.meetings],
    }


@cache
def _client(base_url: str, api_key: str) -> Any:
    """One for all articles."""
    address = openai.OpenAI(api_key=api_key, base_url=base_url)
    return instructor.from_openai(address, mode=instructor.Mode.JSON_SCHEMA)
