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


# `article` is the text, long quotations shortened but for `record`, and of what is longer than the
# model's context the passages that the question is about; `people` have `letter`, `name` and
# `description`; `sentences` and `phrases` have `number` and `text`; `sources` have `key`, `words`
# and `context`; `meetings` have `number` and `text`. `known` are lines on the people and meetings
# of the parts before, where `article` is one part of a long one.
_ALL = (
    Ask(
        name="record",
        description="everything at once, for strong models",
        variables=frozenset({"article"}),
        optional=frozenset({"published", "known"}),
    ),
    Ask(
        name="names",
        description="the people of an article whose script has no capital letters",
        variables=frozenset({"article"}),
        optional=frozenset({"people"}),
    ),
    Ask(
        name="meetings",
        description="whether the sentences that may report a meeting do",
        variables=frozenset({"article", "meetings"}),
        optional=frozenset({"people"}),
    ),
    Ask(
        name="participants",
        description="which of the likely people took part, where the report does not list them",
        variables=frozenset({"article", "people", "meeting", "letters"}),
    ),
    Ask(
        name="report",
        description="whether an article without a sentence that names a meeting is about one",
        variables=frozenset({"article"}),
        optional=frozenset({"people"}),
    ),
    Ask(
        name="speakers",
        description="who is meant by a pronoun or a description that speaks",
        variables=frozenset({"article", "people", "sources"}),
    ),
    Ask(
        name="topics",
        description="which phrases of the article say what the talks were about",
        variables=frozenset({"article", "phrases"}),
        optional=frozenset({"people"}),
    ),
    Ask(
        name="summary",
        description="which sentences say best what was said and agreed",
        variables=frozenset({"article", "sentences"}),
        optional=frozenset({"people"}),
    ),
)

ASKS: dict[str, Ask] = {ask.name: ask for ask in _ALL}
