"""One message of a conversation with a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Message:
    """What one side says: `role` as in the chat completions interface."""

    role: Literal["system", "user", "assistant"]
    content: str
