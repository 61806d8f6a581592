"""How sure a model was of a constrained choice, read from the probabilities of its tokens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import exp
from typing import TypeVar

from summarizer.model.answer import Token

Choice = TypeVar("Choice", bound=str | int | None)

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"
_AFTER_A_VALUE = b",]} \t\r\n"
_NEGLIGIBLE = 1e-3


def choice_probabilities(
    raw: str,
    tokens: Sequence[Token],
    path: Sequence[str | int],
    choices: Sequence[Choice],
) -> dict[Choice, float] | None:
    """The probability of each choice for one field of an answer; they sum to 1.

    Only what the alternatives of the written tokens show is counted: a choice that is not among
    them has probability 0. Tokens that begin none of the choices are left out of the sum, as a
    constrained decoder leaves them out.

    Args:
        raw: the JSON as the model wrote it.
        tokens: the tokens that wrote it.
        path: keys and indexes that lead to the field, as `("speakers", 0, "person")`.
        choices: every value the field may have; the written one is among them.

    Returns:
        None where it cannot be told: no tokens, no such field, a written value that is none of the
        choices, or an alternative that begins several of them, so that its share is unknown.
    """
    place = _place(raw, tuple(path))
    written = _tokens_at(raw, tokens, place) if place else None
    if not written:
        return None
    literals = {choice: _bytes(json.dumps(choice, ensure_ascii=False)) for choice in choices}
    shares = dict.fromkeys(choices, 0.0)
    live = set(choices)
    prefix, weight = b"", 1.0
    for lead, token in written:
        possible = _fits(prefix, lead, token, {choice: literals[choice] for choice in live})
        taken, taken_share = possible.pop(token.text)
        decisive = [(fits, share) for fits, share in possible.values() if fits and fits != live]
        total = taken_share + sum(share for _, share in decisive)
        for fits, share in decisive:
            if len(fits) == 1:
                shares[next(iter(fits))] += weight * share / total
            elif weight * share / total > _NEGLIGIBLE:
                return None
        weight *= taken_share / total
        live = taken
        prefix += _bytes(token.text)[len(lead) :]
    if len(live) != 1:
        return None
    shares[live.pop()] += weight
    known = sum(shares.values())
    return {choice: share / known for choice, share in shares.items()}


def _fits(
    prefix: bytes, lead: bytes, token: Token, literals: dict[Choice, bytes]
) -> dict[str, tuple[set[Choice], float]]:
    """For each token possible here: the choices it may go on to write, and its probability."""
    result: dict[str, tuple[set[Choice], float]] = {}
    for text, logprob in {**token.alternatives, token.text: token.logprob}.items():
        data = _bytes(text)
        rest = data[len(lead) :] if text == token.text else _after(lead, data)
        fits = set()
        if rest is not None:
            so_far = prefix + rest
            fits = {choice for choice, literal in literals.items() if _may_be(so_far, literal)}
        result[text] = (fits, exp(logprob))
    return result


def _may_be(so_far: bytes, literal: bytes) -> bool:
    """Whether what is written is a beginning of the literal, or the literal and what follows."""
    if so_far.startswith(literal):
        following = so_far[len(literal) :][:1]
        return following in _AFTER_A_VALUE
    return literal.startswith(so_far)


def _after(lead: bytes, data: bytes) -> bytes | None:
    """What an alternative writes of the value, if it writes before it what the token did."""
    lead, rest = lead.strip(), data.lstrip()
    if not lead:
        return rest
    return rest.removeprefix(lead).lstrip() if rest.startswith(lead) else None


def _tokens_at(
    raw: str, tokens: Sequence[Token], place: tuple[int, int]
) -> list[tuple[bytes, Token]] | None:
    """The tokens that write `raw[start:end]` and end it, each with what it writes before `start`.

    The token after the value counts: it could have gone on with a longer number.
    """
    try:
        before = b"".join(_bytes(token.text) for token in tokens).index(_bytes(raw))
    except ValueError:
        return None
    start, end = (before + len(_bytes(raw[:at])) for at in place)
    found, position = [], 0
    for token in tokens:
        piece = _bytes(token.text)
        if position <= end and position + len(piece) > start:
            found.append((piece[: max(start - position, 0)], token))
        position += len(piece)
    return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _place(raw: str, path: tuple[str | int, ...]) -> tuple[int, int] | None:
    """Where the value at `path` stands in a JSON text."""
    try:
        at = _skip(raw, 0)
        for step in path:
            at = _enter(raw, at, step)
        return at, _DECODER.raw_decode(raw, at)[1]
    except (ValueError, IndexError, KeyError):
        return None


def _enter(raw: str, at: int, step: str | int) -> int:
    """Where the value begins that lies at one key or index of the object or array at `at`."""
    opening = "{" if isinstance(step, str) else "["
    if raw[at] != opening:
        raise KeyError(step)
    at = _skip(raw, at + 1)
    index = 0
    while raw[at] not in "}]":
        key: object = index
        if opening == "{":
            key, at = _DECODER.raw_decode(raw, at)
            at = _skip(raw, _skip(raw, at) + 1)
        if key == step:
            return at
        at = _skip(raw, _DECODER.raw_decode(raw, at)[1])
        at = _skip(raw, at + 1) if raw[at] == "," else at
        index += 1
    raise KeyError(step)


def _skip(raw: str, at: int) -> int:
    """The first place from `at` on that is not blank."""
    while raw[at] in _BLANK:
        at += 1
    return at
