"""What asking a model cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """Counts that add up: answers asked for, attempts at them, and tokens.

    `attempts` counts every request, re-asks included; those that the client repeats by itself
    after a transport error count once. `from_cache` of them were answered from this program's own
    cache and cost nothing. `cached_tokens` are those of the `prompt_tokens` that the server did not
    have to read again.
    """

    calls: int = 0
    attempts: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    from_cache: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            calls=self.calls + other.calls,
            attempts=self.attempts + other.attempts,
            from_cache=self.from_cache + other.from_cache,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
        )

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.prompt_tokens + self.completion_tokens


def usage_of(error: BaseException) -> Usage:
    """What the attempts before an error cost; nothing if the error does not say."""
    usage = getattr(error, "usage", None)
    return usage if isinstance(usage, Usage) else Usage()
