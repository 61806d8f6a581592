"""The prompts that ship are right, and every ask of the program is asked by one of them."""

from __future__ import annotations

from summarizer.prompt import ASKS, Prompt, check_prompt, list_prompts


def test_no_problem_in_any() -> None:
    prompts = list_prompts()
    assert all(isinstance(prompt, Prompt) for prompt in prompts)
    names = [prompt.name for prompt in prompts if isinstance(prompt, Prompt)]
    assert {"grounded", "single"} <= set(names)
    assert [problem for name in names for problem in check_prompt(name)] == []


def test_every_ask_is_asked() -> None:
    asked = {ask for p in list_prompts() if isinstance(p, Prompt) for ask in p.asks}
    assert asked == set(ASKS)
