"""What a server's chat completion says: its cost, its text, and whether it is an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from pydantic import BaseModel

from summarizer.errors import RefusedAnswer, TransportError, TruncatedAnswer
from summarizer.model.answer import Token
from summarizer.model.problems import in_one_line
from summarizer.model.reading import json_objects, shows_reasoning, without_reasoning
from summarizer.model.usage import Usage

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionMessage, ChatCompletionTokenLogprob
    from openai.types.chat.chat_completion_token_logprob import TopLogprob

# What servers call the end of an answer: OpenAI's words, and those of Mistral, vLLM and DeepSeek.
_CUT = frozenset({"length", "max_tokens", "model_length"})
_BROKEN_OFF = frozenset({"error", "abort", "insufficient_system_resource"})
_MOST_TOKENS = 10**12
_TEXT_PARTS = ("text", "output_text")
_REASONING = ("reasoning_content", "reasoning")


@dataclass(frozen=True)
class Reply:
    """A server's completion, the key it is kept under, and whether that is where it came from."""

    completion: ChatCompletion
    request: str
    from_cache: bool = False


def is_completion(given: object) -> TypeGuard[ChatCompletion]:
    """Whether what the client made of a response is a completion with something in it."""
    from openai.types.chat import ChatCompletion, ChatCompletionMessage
    from openai.types.chat.chat_completion import Choice

    if not isinstance(given, ChatCompletion):
        return False
    # The client checks nothing: whatever is in it may be missing, or something else.
    choices: Any = given.choices
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, Choice) and isinstance(first.message, ChatCompletionMessage)


def kept_form(completion: ChatCompletion) -> dict[str, Any]:
    """A completion as JSON, also where the server keeps to no schema."""
    kept: dict[str, Any] = _as_given(completion)
    return kept


def _as_given(value: Any) -> Any:
    """What the server gave; pydantic itself cannot write all of what is no valid text."""
    if isinstance(value, BaseModel):
        given = value.model_fields_set | (value.model_extra or {}).keys()
        return {name: _as_given(part) for name, part in value if name in given}
    if isinstance(value, list):
        return [_as_given(part) for part in value]
    if isinstance(value, dict):
        return {name: _as_given(part) for name, part in value.items()}
    return value


def completion_of(kept: Mapping[str, Any]) -> ChatCompletion:
    """The completion of `kept_form`, unchecked as the client gives it."""
    from openai.types.chat import ChatCompletion

    return ChatCompletion.construct(**kept)


def cost(completion: ChatCompletion) -> Usage:
    """The tokens of a completion; none if the server does not count them."""
    usage = completion.usage
    details = getattr(usage, "prompt_tokens_details", None)
    # DeepSeek has its own name for cached ones.
    cached = _count(details, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens")
    return Usage(
        prompt_tokens=_count(usage, "prompt_tokens"),
        cached_tokens=cached,
        completion_tokens=_count(usage, "completion_tokens"),
    )


def _count(part: object, name: str) -> int:
    """A number of tokens; 0 where there is none, or nonsense."""
    value = getattr(part, name, None)
    return int(value) if isinstance(value, int | float) and 0 <= value <= _MOST_TOKENS else 0


def answer_text(completion: ChatCompletion, answer_type: type[BaseModel]) -> str:
    """The JSON of an answer as the model wrote it; where there is none, what it wrote instead.

    Of several objects it is the last one that fits, since models draft before they answer; if none
    fits, the last. An answer that stands where the reasoning belongs counts if it is all there is.
    """
    message = completion.choices[0].message
    text = _text(message.content)
    found = json_objects(text)
    if not text.strip() and (hidden := _reasoning(message).strip()):
        found = [one for one in json_objects(hidden) if one == hidden]
    if len(found) < 2:
        return found[0] if found else without_reasoning(text)
    return next((one for one in reversed(found) if _fits(one, answer_type)), found[-1])


def _fits(text: str, answer_type: type[BaseModel]) -> bool:
    try:
        answer_type.model_validate_json(text)
    except ValueError:
        return False
    return True


def with_text(completion: ChatCompletion, text: str) -> ChatCompletion:
    """The completion with another text, and without what else its message holds."""
    choice = completion.choices[0]
    message = choice.message.model_copy(update={"content": text, "tool_calls": None})
    changed = choice.model_copy(update={"message": message})
    return completion.model_copy(update={"choices": [changed]})


def shows_its_reasoning(completion: ChatCompletion) -> bool:
    """Whether the model reasoned before it answered, as far as the server tells."""
    details = getattr(completion.usage, "completion_tokens_details", None)
    message = completion.choices[0].message
    return bool(
        _count(details, "reasoning_tokens")
        or _reasoning(message).strip()
        or shows_reasoning(_text(message.content))
    )


def is_cut(completion: ChatCompletion) -> bool:
    """Whether the answer ended at a limit."""
    return _ending(completion) in _CUT


def _ending(completion: ChatCompletion) -> str:
    """What the server says about the end of its answer."""
    return str(completion.choices[0].finish_reason)


def refuse_unfinished(completion: ChatCompletion, label: str, max_tokens: int) -> None:
    """Raise the error for a completion that is no whole answer.

    Raises:
        RefusedAnswer: the model declined, or a filter stopped it.
        TruncatedAnswer: the answer was cut.
        TransportError: the server broke it off.
    """
    refusal, ending = completion.choices[0].message.refusal, _ending(completion)
    if refusal or ending == "content_filter":
        reason = in_one_line(refusal or "a content filter stopped it")
        raise RefusedAnswer(f"the model declined to answer: {reason}", where=label)
    if is_cut(completion):
        raise TruncatedAnswer(
            "the answer was cut before its end",
            where=label,
            hint=f"The limit is {max_tokens} written tokens, or what the model's context leaves. "
            "Try a shorter article or a larger model.",
        )
    if ending in _BROKEN_OFF:
        raise TransportError("the server broke off the answer", where=label)


def written_tokens(completion: ChatCompletion) -> tuple[Token, ...]:
    """The tokens of a completion with their probabilities; empty if the server gave none.

    They are an extra, which an answer does without where a server gives them in a form of its own.
    """
    logprobs = completion.choices[0].logprobs
    try:
        return tuple(
            Token(
                text=_token_text(item),
                logprob=float(item.logprob),
                alternatives={
                    _token_text(other): float(other.logprob) for other in item.top_logprobs or ()
                },
            )
            for item in (logprobs.content if logprobs else None) or ()
        )
    except (AttributeError, TypeError, ValueError):
        return ()


def _text(content: object) -> str:
    """A message's text; of a list of parts, the parts that are text."""
    if not isinstance(content, list):
        return str(content or "")
    parts = (part for part in content if isinstance(part, Mapping))
    return "".join(str(part.get("text") or "") for part in parts if part.get("type") in _TEXT_PARTS)


def _reasoning(message: ChatCompletionMessage) -> str:
    """What a server gives apart from the answer as the model's reasoning."""
    given = (getattr(message, name, None) for name in _REASONING)
    return next((text for text in given if isinstance(text, str) and text), "")


def _token_text(token: ChatCompletionTokenLogprob | TopLogprob) -> str:
    if token.bytes is None:
        return str(token.token)
    return bytes(list(token.bytes)).decode("utf-8", "surrogateescape")
