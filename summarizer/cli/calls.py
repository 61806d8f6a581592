"""What `--verbose` says of each call to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.cli import messages

if TYPE_CHECKING:
    from summarizer.extract import Call
    from summarizer.run import Heard


def tell(heard: Heard) -> None:
    """Say on standard error what was asked, what it took, and where the answer came from."""
    messages.note(f"{heard.uri or 'standard input'}: {described(heard.call)}")


def described(call: Call) -> str:
    """One call in one line."""
    usage = call.usage
    again = usage.attempts - usage.calls
    parts = [
        f"{usage.prompt_tokens} tokens read ({usage.cached_tokens} cached)",
        f"{usage.completion_tokens} written",
        f"{call.seconds * 1000:.0f} ms",
        f"asked again {again}×" if again > 0 else "",
        _origin(usage.from_cache, usage.attempts),
        f"no answer: {call.failed}" if call.failed else "",
    ]
    return f"{call.purpose:<12}  {', '.join(part for part in parts if part)}"


def _origin(from_cache: int, attempts: int) -> str:
    if from_cache == 0:
        return "live"
    return "from the answer cache" if from_cache >= attempts else "in part from the answer cache"
