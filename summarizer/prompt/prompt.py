"""A prompt that is right, ready to be rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import UsageError
from summarizer.prompt.asks import ASKS
from summarizer.prompt.front import Front, Parameters
from summarizer.prompt.message import Message
from summarizer.prompt.template import Piece, render


@dataclass(frozen=True)
class Prompt:
    """A prompt that has been checked.

    `sha256` is of its files' names and contents. `system` and `opening` come first in every ask's
    messages, so that a model reads them once; `bodies` are the rest, by ask.
    """

    front: Front
    path: Path
    sha256: str
    system: Piece | None
    opening: Piece | None
    bodies: Mapping[str, Piece]

    @property
    def name(self) -> str:
        """The name it goes by."""
        return self.front.name

    @property
    def version(self) -> str:
        """Its version, as the author counts."""
        return self.front.version

    @property
    def description(self) -> str:
        """One line on what it is for."""
        return self.front.description

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of its asks, in its own order."""
        return tuple(self.front.asks)

    def parameters(self, ask: str) -> Parameters:
        """What the prompt wants set for this ask.

        Raises:
            UsageError: the prompt has no such ask.
        """
        self._require(ask)
        return self.front.parameters.of(ask)

    def render(self, ask: str, variables: Mapping[str, object]) -> tuple[Message, ...]:
        """The messages of one ask: the system message, if there is one, and one of the user.

        `variables` are those of `ASKS[ask]`; optional ones that are left out are null.

        Raises:
            UsageError: the prompt has no such ask.
            ValueError: a variable is missing, or is none of this ask's.
            PromptError: a template fails with these values.
        """
        self._require(ask)
        values = {**self.front.vars, **_complete(ask, variables)}
        messages = [Message("system", render(self.system, values))] if self.system else []
        parts = [self.opening] if self.opening else []
        texts = [render(part, values) for part in (*parts, self.bodies[ask])]
        return (*messages, Message("user", "\n\n".join(texts)))

    def pieces(self, ask: str) -> tuple[Piece, ...]:
        """The templates that make this ask's messages, in order."""
        self._require(ask)
        found = (self.system, self.opening, self.bodies[ask])
        return tuple(part for part in found if part is not None)

    def _require(self, ask: str) -> None:
        if ask not in self.bodies:
            asks = ", ".join(f"`{name}`" for name in self.asks)
            raise UsageError(f"prompt `{self.name}` has no ask `{ask}`", hint=f"It has {asks}.")


def _complete(ask: str, variables: Mapping[str, object]) -> dict[str, object]:
    known = ASKS[ask]
    missing = known.variables - variables.keys()
    foreign = variables.keys() - known.variables - known.optional
    if missing or foreign:
        raise ValueError(f"ask `{ask}`: missing {sorted(missing)}, unknown {sorted(foreign)}")
    return {**dict.fromkeys(known.optional), **variables}
