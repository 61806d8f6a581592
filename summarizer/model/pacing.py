"""Keeping to a provider's rate, across threads and processes: requests and tokens a minute.

Limits are given by the user or learned from the headers `x-ratelimit-limit-requests`,
`-limit-tokens`, `-remaining-…` and `-reset-…` that OpenAI and others send; `Retry-After` on 429
and 503 holds back every request, not only the one that got it. The budget is a generic cell rate
algorithm (ITU-T I.371): one time stamp for each limit says when the next request conforms, so
that the state is a few numbers in shared memory.
"""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

_BURST = 2.0  # seconds' worth of requests that may be sent at once
_LONGEST_PAUSE = 120.0  # seconds; the server is asked again after this, whatever it said
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SLICE = 1.0  # seconds of sleep between two looks at the state
_PAUSING = (429, 503)
_FIRST_PAUSE = 1.0  # seconds, where the server does not say how long; twice as long each time

# Where each number stands in the shared state.
_REQUESTS_DUE, _TOKENS_DUE, _PAUSED_UNTIL, _RPM, _TPM, _SENT, _FAILED, _STREAK = range(8)


@dataclass(frozen=True)
class Pace:
    """The limits that hold now, per minute; null is none. `sent` and `failed` count requests."""

    requests: float | None
    tokens: float | None
    sent: int
    failed: int


class Pacing(Protocol):
    """What holds requests back, wherever its state lies."""

    def wait(self, tokens: float = 0.0) -> None:
        """See `Pacer.wait`."""

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """See `Pacer.learn`."""


def wait_for(claim: Callable[[], float]) -> None:
    """Sleep until a claim is granted, looking now and then whether it is sooner than was said."""
    while (delay := claim()) > 0:
        time.sleep(min(delay, _SLICE))


class Pacer:
    """Holds back requests; one pacer is shared by all that ask one endpoint.

    Args:
        requests_per_minute: a limit of the user's own; the provider's may lower it.
        tokens_per_minute: the same for tokens, read and written.

    It may be given to another process when that is started, not later.
    """

    def __init__(
        self, requests_per_minute: float | None = None, tokens_per_minute: float | None = None
    ) -> None:
        given = (0.0, 0.0, 0.0, requests_per_minute or 0.0, tokens_per_minute or 0.0, 0.0, 0.0, 0.0)
        self._state = multiprocessing.get_context("spawn").Array("d", given)

    def wait(self, tokens: float = 0.0) -> None:
        """Return when one more request of about so many tokens may be sent, and count it."""
        wait_for(lambda: self.claim(tokens))

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """Take in what the server said about its limits in the headers of a response."""
        now = time.monotonic()
        with self._state.get_lock():
            for kind, limit in (("requests", _RPM), ("tokens", _TPM)):
                stated = _number(headers.get(f"x-ratelimit-limit-{kind}"))
                if stated and (not self._state[limit] or stated < self._state[limit]):
                    self._state[limit] = stated
                left = _number(headers.get(f"x-ratelimit-remaining-{kind}"))
                reset = _duration(headers.get(f"x-ratelimit-reset-{kind}"))
                if left == 0 and reset:
                    self._pause(now + reset)
            if status in _PAUSING:
                self._back_off(now, _retry_after(headers))
            elif status < 400:
                self._state[_STREAK] = 0
            self._state[_FAILED] += status >= 400

    @property
    def now(self) -> Pace:
        """The limits and counts of this moment."""
        with self._state.get_lock():
            state = self._state[:]
        return Pace(
            state[_RPM] or None, state[_TPM] or None, int(state[_SENT]), int(state[_FAILED])
        )

    def claim(self, tokens: float) -> float:
        """Seconds to wait; 0 if the request may be sent, which is then counted."""
        now = time.monotonic()
        with self._state.get_lock():
            state: Any = self._state
            due = state[_PAUSED_UNTIL]
            for stamp, limit in ((_REQUESTS_DUE, _RPM), (_TOKENS_DUE, _TPM)):
                if state[limit]:
                    due = max(due, state[stamp] - _BURST)
            if due > now:
                return float(due - now)
            for stamp, limit, amount in ((_REQUESTS_DUE, _RPM, 1.0), (_TOKENS_DUE, _TPM, tokens)):
                if state[limit]:
                    state[stamp] = max(state[stamp], now) + 60.0 * amount / state[limit]
            state[_SENT] += 1
        return 0.0

    def _back_off(self, now: float, after: float | None) -> None:
        """Pause as long as the server says, or longer and longer while it does not say."""
        if after is None:
            if now < self._state[_PAUSED_UNTIL]:
                return  # requests that were on their way when the pause began
            after = _FIRST_PAUSE * 2.0 ** min(self._state[_STREAK], 10.0)
            self._state[_STREAK] += 1
        self._pause(now + after)

    def _pause(self, until: float) -> None:
        longest = time.monotonic() + _LONGEST_PAUSE
        self._state[_PAUSED_UNTIL] = max(self._state[_PAUSED_UNTIL], min(until, longest))


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def _duration(text: str | None) -> float | None:
    """Seconds in a duration such as `1m30s`, `20ms` or `7`."""
    if text is None:
        return None
    if (plain := _number(text)) is not None:
        return plain
    parts = _DURATION.findall(text)
    return sum(float(n) * _SECONDS[unit] for n, unit in parts) if parts else None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds in `Retry-After`, which may be a number or a date, or in `retry-after-ms`."""
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    if text is None:
        return None
    if (seconds := _number(text)) is not None:
        return seconds
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
