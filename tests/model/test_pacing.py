from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from summarizer.model import Pacer


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.lock = threading.Lock()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        with self.lock:
            self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("summarizer.model.pacing.time", clock)
    return clock


def sent_in(pacer: Pacer, clock: Clock, seconds: float, tokens: float = 0.0) -> int:
    begun, count = clock.now, 0
    while True:
        pacer.wait(tokens)
        if clock.now - begun > seconds:
            return count
        count += 1


def test_without_limits_nothing_waits(clock: Clock) -> None:
    pacer = Pacer()
    for _ in range(1000):
        pacer.wait(10_000)
    assert clock.now == 1000.0
    assert pacer.now.sent == 1000


def test_requests_a_minute(clock: Clock) -> None:
    # 120 a minute are 2 a second; a burst of two seconds' worth may come first.
    assert 600 <= sent_in(Pacer(requests_per_minute=120), clock, 300) <= 606


def test_tokens_a_minute(clock: Clock) -> None:
    # 6,000 a minute, 500 at a time, are one request in 5 seconds.
    assert 60 <= sent_in(Pacer(tokens_per_minute=6000), clock, 300, tokens=500) <= 62


def test_the_stricter_limit_holds(clock: Clock) -> None:
    pacer = Pacer(requests_per_minute=6000, tokens_per_minute=6000)
    assert sent_in(pacer, clock, 300, tokens=500) <= 62


def test_limits_are_learned_and_never_raised(clock: Clock) -> None:
    pacer = Pacer(requests_per_minute=100)
    headers = {"x-ratelimit-limit-requests": "60", "x-ratelimit-limit-tokens": "5000"}
    pacer.learn(200, headers)
    assert (pacer.now.requests, pacer.now.tokens) == (60, 5000)
    pacer.learn(200, {"x-ratelimit-limit-requests": "10000"})
    assert pacer.now.requests == 60
    pacer.learn(200, {"x-ratelimit-limit-requests": "many"})
    assert pacer.now.requests == 60


@pytest.mark.parametrize(
    ("reset", "seconds"), [("20ms", 0.02), ("1s", 1), ("1m30s", 90), ("7", 7), ("0s", 0), ("?", 0)]
)
def test_an_exhausted_window_is_waited_for(clock: Clock, reset: str, seconds: float) -> None:
    pacer = Pacer()
    pacer.learn(200, {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": reset})
    pacer.wait()
    assert clock.now == pytest.approx(1000 + seconds)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "100000"}, 120),
    ],
)
def test_retry_after_holds_back_everybody(
    clock: Clock, headers: dict[str, str], seconds: float
) -> None:
    pacer = Pacer()
    pacer.learn(429, headers)
    pacer.wait()
    assert clock.now == pytest.approx(1000 + seconds)


def test_retry_after_as_a_date(clock: Clock) -> None:
    pacer = Pacer()
    moment = datetime.now(UTC) + timedelta(seconds=30)
    pacer.learn(503, {"retry-after": format_datetime(moment, usegmt=True)})
    pacer.wait()
    assert 1025 <= clock.now <= 1031


def test_pauses_grow_while_the_server_does_not_say_how_long(clock: Clock) -> None:
    pacer, pauses = Pacer(), []
    for _ in range(4):
        pacer.learn(503, {})
        pacer.learn(503, {})  # another that was on its way already
        begun = clock.now
        pacer.wait()
        pauses.append(clock.now - begun)
    assert pauses == pytest.approx([1, 2, 4, 8])
    pacer.learn(200, {})
    pacer.learn(429, {})
    begun = clock.now
    pacer.wait()
    assert clock.now - begun == pytest.approx(1)
    assert pacer.now.failed == 9


def test_threads_share_one_rate(clock: Clock) -> None:
    pacer = Pacer(requests_per_minute=600)
    threads = [threading.Thread(target=lambda: [pacer.wait() for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pacer.now.sent == 200
    # 200 at 10 a second, less the burst of 2 seconds. Threads that sleep at once add up here.
    assert clock.now - 1000 >= 17
