"""The model that a command uses: an endpoint, a warm server, or one started for this command."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from summarizer.cli import messages
from summarizer.cli.busy import busy

if TYPE_CHECKING:
    from summarizer.model import Endpoint
    from summarizer.settings import ModelChoice


class Engine(AbstractContextManager["Engine"]):
    """Opens the chosen model when it is first wanted, and closes it when the block ends."""

    def __init__(self, choice: ModelChoice) -> None:
        self._choice = choice
        self._stack = ExitStack()
        self._endpoint: Endpoint | None = None

    def endpoint(self) -> Endpoint:
        """The model, ready to be asked.

        Raises:
            ModelUnavailable: no engine, weights or key, or the server could not start.
        """
        if self._endpoint is None:
            if self._choice.by_default:
                name = self._choice.model
                messages.note(f"no model chosen: using the local `{name}` (`--model` changes it)")
            with busy(f"opening {self._choice.model}"):
                self._endpoint = self._stack.enter_context(self._open())
        return self._endpoint

    def _open(self) -> Endpoint:
        from summarizer.model import EmbeddedServer, Endpoint, find_model, find_warm, weights_path

        choice = self._choice
        if choice.base_url is not None:
            return Endpoint(choice.model, choice.base_url, choice.api_key)
        entry = find_model(choice.model)
        address = find_warm(entry.name)
        if address is None:
            path = weights_path(entry)
            address = self._stack.enter_context(EmbeddedServer(path, entry.name))
        return address.endpoint()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._endpoint = None
        self._stack.close()
