"""Where a llama.cpp server of this program listens, and how to get in."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

from summarizer.model.cache import Answers
from summarizer.model.endpoint import Endpoint
from summarizer.model.pacing import Pacing

LOCAL = "local"
# The context of a server that this program starts, in tokens for each slot.
LOCAL_CONTEXT = 8192


@dataclass(frozen=True)
class ServerAddress:
    """A running server of this machine.

    Args:
        name: the name of the model it serves.
        base_url: its address, `/v1` included.
        api_key: the random key it was started with.
        compact: whether it takes the grammar that leaves white space out of answers.
        context: the tokens that it reads and writes in one request at most; null if unknown.
    """

    name: str
    base_url: str
    api_key: SecretStr
    compact: bool
    context: int | None = None

    def endpoint(
        self,
        *,
        timeout: float = 600.0,
        max_reasks: int = 2,
        logprobs: bool = False,
        cache: Answers | None = None,
        pacer: Pacing | None = None,
        identity: str | None = None,
    ) -> Endpoint:
        """The endpoint to ask; a failed request is not repeated, since nothing would change."""
        return Endpoint(
            self.name,
            self.base_url,
            self.api_key,
            label=LOCAL,
            timeout=timeout,
            max_reasks=max_reasks,
            max_retries=0,
            logprobs=logprobs,
            dialect="grammar" if self.compact else "json_schema",
            cache=cache,
            pacer=pacer,
            identity=identity or f"{LOCAL}:{self.name}",
            context=self.context,
        )
