"""The model that a command uses: an endpoint, a warm server, or one started for this command."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from summarizer.cli import messages
from summarizer.cli.busy import busy

if TYPE_CHECKING:
    from summarizer.model import Answers, Endpoint, Pacing, ServerAddress
    from summarizer.settings import EngineName, ModelChoice

    Opener = Callable[[Answers | None, Pacing | None], Endpoint]

# Of the client: it waits half a second before the first, and at most eight seconds from the fifth.
_RETRIES, _MANY_RETRIES = 2, 8


class Engine(AbstractContextManager["Engine"]):
    """Opens the chosen model when it is first wanted, and closes it when the block ends.

    Args:
        choice: the model.
        timeout: seconds to wait for one answer.
        patient: a failed request is repeated for minutes, as is right for many articles.
        logprobs: ask for the probabilities of what is written, and of what else was possible.
        engine: where it is asked: workers of `ray` are on several machines, and each starts a
            local model itself; with `openai-batch` answers come in rounds.
    """

    def __init__(
        self,
        choice: ModelChoice,
        *,
        timeout: float = 600.0,
        patient: bool = False,
        logprobs: bool = False,
        engine: EngineName = "local",
    ) -> None:
        self._choice = choice
        self._timeout = timeout
        self._logprobs = logprobs
        self._engine = engine
        self._retries = _MANY_RETRIES if patient else _RETRIES
        self._stack = ExitStack()
        self._endpoint: Endpoint | None = None

    def endpoint(self) -> Endpoint:
        """The model, ready to be asked.

        Raises:
            ModelUnavailable: no engine, weights or key, or the server could not start.
        """
        if self._endpoint is None:
            self._endpoint = self._stack.enter_context(self.opener()(None, None))
        return self._endpoint

    def opener(self) -> Opener:
        """What opens the model in any process of this machine, while the block lasts.

        Raises:
            ModelUnavailable: no engine, weights or key, or nothing to be reached.
        """
        from summarizer.model import (
            EmbeddedServer,
            check_reachable,
            find_model,
            find_warm,
            weights_identity,
            weights_path,
        )

        choice = self._choice
        if choice.by_default:
            messages.note(
                f"no model chosen: using the local `{choice.model}` (`--model` changes it)"
            )
        with busy(f"opening {choice.model}"):
            if choice.base_url is not None:
                check_reachable(choice.base_url)
                if self._engine == "openai-batch":
                    return partial(_in_rounds, choice, self._timeout)
                return partial(_hosted, choice, self._timeout, self._retries, self._logprobs)
            entry = find_model(choice.model)
            if self._engine == "ray":
                return partial(_started, choice.model, self._timeout)
            address = find_warm(entry.name)
            if address is None:
                path = weights_path(entry)
                address = self._stack.enter_context(EmbeddedServer(path, entry.name))
            identity = weights_identity(entry)
            return partial(_local, address, identity, self._timeout, self._logprobs)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._endpoint = None
        self._stack.close()


def identity_of(choice: ModelChoice) -> str:
    """What tells where the answers come from: an address, or the weights of a local model."""
    from summarizer.model import find_model, weights_identity

    return choice.base_url or weights_identity(find_model(choice.model))


def _hosted(
    choice: ModelChoice,
    timeout: float,
    retries: int,
    logprobs: bool,
    cache: Answers | None,
    pacer: Pacing | None,
) -> Endpoint:
    from summarizer.model import Endpoint

    return Endpoint(
        choice.model,
        choice.base_url,
        choice.api_key,
        timeout=timeout,
        max_retries=retries,
        logprobs=logprobs,
        cache=cache,
        pacer=pacer,
    )


def _in_rounds(
    choice: ModelChoice, timeout: float, cache: Answers | None, pacer: Pacing | None
) -> Endpoint:
    from summarizer.model import BatchEndpoint

    return BatchEndpoint(
        choice.model, choice.base_url, choice.api_key, timeout=timeout, cache=cache
    )


def _started(model: str, timeout: float, cache: Answers | None, pacer: Pacing | None) -> Endpoint:
    """A local model that this process starts, and that ends with it."""
    from summarizer.model import EmbeddedServer, find_model, weights_identity, weights_path

    entry = find_model(model)
    server = EmbeddedServer(weights_path(entry), entry.name)
    atexit.register(server.stop)
    return _local(server.__enter__(), weights_identity(entry), timeout, False, cache, pacer)


def _local(
    address: ServerAddress,
    identity: str,
    timeout: float,
    logprobs: bool,
    cache: Answers | None,
    pacer: Pacing | None,
) -> Endpoint:
    return address.endpoint(
        timeout=timeout, logprobs=logprobs, cache=cache, pacer=pacer, identity=identity
    )
