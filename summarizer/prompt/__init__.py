"""Prompts as files: finding, checking, rendering and hashing them."""

from summarizer.prompt.asks import ASKS, Ask
from summarizer.prompt.files import Problem
from summarizer.prompt.front import Parameters
from summarizer.prompt.library import (
    check_prompt,
    diff_prompts,
    find_prompt,
    list_prompts,
    load_prompt,
    new_prompt,
    prompt_paths,
    shipped_folder,
)
from summarizer.prompt.message import Message
from summarizer.prompt.prompt import Prompt
from summarizer.prompt.template import Piece

__all__ = [
    "ASKS",
    "Ask",
    "Message",
    "Parameters",
    "Piece",
    "Problem",
    "Prompt",
    "check_prompt",
    "diff_prompts",
    "find_prompt",
    "list_prompts",
    "load_prompt",
    "new_prompt",
    "prompt_paths",
    "shipped_folder",
]
