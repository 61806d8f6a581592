"""What a prompt can ask a model for, and what each ask has to work with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """One question to a model.

    A prompt's files for it must use every name in `variables` and may use those in `optional`,
    which are null when there is nothing to give.
    """

    name: str
    description: str
    variables: frozenset[str]
    optional: frozenset[str] = frozenset()


_ALL = (
    Ask(
        name="record",
        description="everything at once, for strong models",
        variables=frozenset({"article"}),
        optional=frozenset({"published", "schema_hint"}),
    ),
    Ask(
        name="people",
        description="who took part or is quoted, with role and country",
        variables=frozenset({"article", "candidates"}),
    ),
    Ask(
        name="meetings",
        description="which meetings the article reports, who took part, when, how and where",
        variables=frozenset({"article", "people"}),
        optional=frozenset({"published"}),
    ),
    Ask(
        name="speakers",
        description="who says each quotation",
        variables=frozenset({"article", "people", "quotations"}),
    ),
    Ask(
        name="topics",
        description="what the talks were about and what came of them",
        variables=frozenset({"article"}),
        optional=frozenset({"people"}),
    ),
    Ask(
        name="summary",
        description="two or three sentences on the whole",
        variables=frozenset({"article"}),
        optional=frozenset({"people"}),
    ),
)

ASKS: dict[str, Ask] = {ask.name: ask for ask in _ALL}
