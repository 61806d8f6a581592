"""What a server's chat completion says: its cost, its tokens, and whether it is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.errors import RefusedAnswer, TruncatedAnswer
from summarizer.model.answer import Token
from summarizer.model.usage import Usage

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionTokenLogprob
    from openai.types.chat.chat_completion_token_logprob import TopLogprob

_LONGEST = 200


def cost(completion: ChatCompletion) -> Usage:
    """The tokens of a completion; none if the server does not count them."""
    if (usage := completion.usage) is None:
        return Usage()
    details = usage.prompt_tokens_details
    return Usage(
        prompt_tokens=usage.prompt_tokens,
        cached_tokens=(details.cached_tokens or 0) if details else 0,
        completion_tokens=usage.completion_tokens,
    )


def refuse_unfinished(completion: ChatCompletion, label: str, max_tokens: int) -> None:
    """Raise the error for a completion that is no whole answer.

    Raises:
        RefusedAnswer: the model declined, or a filter stopped it.
        TruncatedAnswer: the answer was cut.
    """
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        reason = " ".join((choice.message.refusal or "a content filter stopped it").split())
        raise RefusedAnswer(f"the model declined to answer: {reason[:_LONGEST]}", where=label)
    if choice.finish_reason == "length":
        raise TruncatedAnswer(
            "the answer was cut before its end",
            where=label,
            hint=f"The limit is {max_tokens} written tokens, or what the model's context leaves. "
            "Try a shorter article or a larger model.",
        )


def written_tokens(completion: ChatCompletion) -> tuple[Token, ...]:
    """The tokens of a completion with their probabilities; empty if the server gave none."""
    logprobs = completion.choices[0].logprobs
    return tuple(
        Token(
            text=_text(item),
            logprob=item.logprob,
            alternatives={_text(other): other.logprob for other in item.top_logprobs or ()},
        )
        for item in (logprobs.content if logprobs else None) or ()
    )


def _text(token: ChatCompletionTokenLogprob | TopLogprob) -> str:
    if token.bytes is None:
        return token.token
    return bytes(token.bytes).decode("utf-8", "surrogateescape")
