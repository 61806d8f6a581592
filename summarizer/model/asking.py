"""Whatever can be asked: an endpoint, or what a test puts in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from summarizer.model.answer import Answer, T

if TYPE_CHECKING:
    from summarizer.prompt import Message


class Model(Protocol):
    """A model that answers; `name` and `label` go into a record's provenance."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def label(self) -> str:
        """`local`, or the host that was asked."""

    @property
    def context(self) -> int | None:
        """The tokens that are read and written in one request at most; null if nobody knows."""

    def ask(
        self,
        messages: Sequence[Message],
        answer_type: type[T],
        *,
        max_tokens: int,
        check: Callable[[T], None] | None = None,
    ) -> Answer[T]:
        """See `Endpoint.ask`."""
