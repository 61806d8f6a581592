"""langextract as its own documentation uses it: a description, examples, schema constraints on.

Everything is left at its default, but for what a small model on one's own machine calls for: the
address, temperature 0, and a bound on the tokens written for a chunk. It is asked only for what is
compared: quotations with their speakers, and meetings.
"""

from __future__ import annotations

import textwrap
from importlib.metadata import version
from typing import Any

import langextract as lx
from langextract import data, factory

MOST_TOKENS = 1000  # of a chunk, which has at most 1,000 characters
DESCRIPTION = textwrap.dedent("""\
    Extract the quotations and the official meetings of a news article, in order of appearance.

    statement: the exact words inside quotation marks, without the marks. Do not paraphrase, do not
    merge two quotations. Leave out names and titles that merely stand in quotation marks.
    Attribute `speaker`: the full name of the person who says it, or the article's words for an
    unnamed speaker.

    meeting: the exact words that report or announce a meeting, call or talks. Attributes: `status`
    is held, planned, cancelled or proposed; `date` is YYYY-MM-DD, or XXXX-MM-DD if the year is not
    known, or null; `place` is the city or country where it takes place, or null if not given;
    `mode` is in_person, video, phone, correspondence, hybrid or unknown; `participants` are the
    full names of those who take part.

    Use only what the article says. An article may have no meeting or no quotation.""")
EXAMPLES = [
    data.ExampleData(
        text=(
            "On 4 March, Norwegian Foreign Minister Anna Lind received Brazilian Admiral Pedro "
            "Sousa in Bergen. “We will send twelve ships,” Lind said after the talks. The admiral "
            "noted that the plan “fully meets our needs”."
        ),
        extractions=[
            data.Extraction(
                "meeting",
                "Norwegian Foreign Minister Anna Lind received Brazilian Admiral Pedro Sousa",
                attributes={
                    "status": "held",
                    "date": "XXXX-03-04",
                    "place": "Bergen",
                    "mode": "in_person",
                    "participants": ["Anna Lind", "Pedro Sousa"],
                },
            ),
            data.Extraction(
                "statement", "We will send twelve ships,", attributes={"speaker": "Anna Lind"}
            ),
            data.Extraction(
                "statement", "fully meets our needs", attributes={"speaker": "Pedro Sousa"}
            ),
        ],
    ),
    data.ExampleData(
        text=(
            "Kenya's Trade Minister Amina Otieno will speak with her Polish counterpart Jan Wrona "
            "by telephone next week, a ministry spokesperson announced. “Grain comes first,” the "
            "spokesperson added."
        ),
        extractions=[
            data.Extraction(
                "meeting",
                "will speak with her Polish counterpart Jan Wrona by telephone",
                attributes={
                    "status": "planned",
                    "date": None,
                    "place": None,
                    "mode": "phone",
                    "participants": ["Amina Otieno", "Jan Wrona"],
                },
            ),
            data.Extraction(
                "statement",
                "Grain comes first,",
                attributes={"speaker": "a ministry spokesperson"},
            ),
        ],
    ),
]


def versions() -> dict[str, str]:
    """What tells its answers from those of another state."""
    return {"langextract": version("langextract"), "openai": version("openai")}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What it extracts from one article, every quotation with the place that it found for it."""
    found = lx.extract(
        job["text"],
        prompt_description=DESCRIPTION,
        examples=EXAMPLES,
        additional_context=f"Published on {job['published']}." if job["published"] else None,
        config=factory.ModelConfig(
            model_id=job["model"],
            provider="openai",
            provider_kwargs={
                "api_key": job["api_key"],
                "base_url": job["base_url"],
                "temperature": 0.0,
                "max_output_tokens": MOST_TOKENS,
            },
        ),
        show_progress=False,
    )
    extractions = found.extractions or []
    return {
        "in_parts": True,
        "statements": [_statement(e) for e in extractions if e.extraction_class == "statement"],
        "meetings": [e.attributes or {} for e in extractions if e.extraction_class == "meeting"],
    }


def _statement(extraction: Any) -> dict[str, Any]:
    place = extraction.char_interval
    found = place is not None and place.start_pos is not None
    return {
        "quotation": extraction.extraction_text,
        "speaker": (extraction.attributes or {}).get("speaker"),
        "place": [place.start_pos, place.end_pos] if found else None,
    }
