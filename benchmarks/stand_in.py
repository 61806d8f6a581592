"""An OpenAI-compatible address that costs nothing: python benchmarks/stand_in.py [OPTIONS].

It gives the shortest answer that fits the schema of each question, after a fixed latency, and can
fail as providers do. What it saw is at `/counts`. It listens on 127.0.0.1 and prints its address;
it ends when its standard input closes.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from summarizer.run import shortest

# Of a hundred requests so many fail in each of these ways, the first times they are sent.
PASSING = {
    "429": 3,
    "500": 2,
    "503": 2,
    "dropped": 2,  # the connection is closed without an answer
    "cut": 2,  # half of the answer, then the connection is closed
    "late": 1,  # the answer comes after the client has given up
}
# Of a thousand articles so many always get an answer that is no use.
LASTING = {"refused": 10, "truncated": 10, "invalid": 10}
_MOST_FAILURES = 3  # of one request, so that the client's patience is enough
MARK = "report number "  # what an article's number stands after


class StandIn:
    """The server's answers and counts.

    Args:
        latency: seconds until an answer.
        faults: whether it fails.
        late: seconds that a late answer takes.
        seed: of the choice which requests fail.
    """

    def __init__(self, latency: float, faults: bool, late: float, seed: int) -> None:
        self.latency = latency
        self.faults = faults
        self.late = late
        self.seed = seed
        self.requests: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.open = 0
        self.most_open = 0

    def counts(self) -> dict[str, Any]:
        """What was seen: requests in all and distinct ones, answers in full, and failures."""
        return {
            "requests": sum(self.requests.values()),
            "distinct": len(self.requests),
            "answered": sum(self.answered.values()),
            "answered_again": sum(count - 1 for count in self.answered.values() if count > 1),
            "events": dict(self.events),
            "most_open": self.most_open,
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                method, path, *_ = head.split(b" ", 2)
                body = await reader.readexactly(_length(head))
                if method == b"GET":
                    content = self.counts() if path.endswith(b"/counts") else {"data": []}
                    _write(writer, 200, content)
                elif not await self._complete(body, writer):
                    break
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _complete(self, body: bytes, writer: asyncio.StreamWriter) -> bool:
        """Answer one chat completion; whether the connection stays open."""
        key = hashlib.sha256(body).hexdigest()
        self.requests[key] += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            fault = self._passing(key)
            await asyncio.sleep(self.late if fault == "late" else self.latency)
            if fault:
                self.events[fault] += 1
            if fault in ("429", "500", "503"):
                after = {"retry-after-ms": "100"} if fault == "429" else {}
                _write(writer, int(fault), {"error": {"message": f"planted {fault}"}}, after)
                return True
            if fault in ("dropped", "late"):
                return False
            answer = self._answer(json.loads(body))
            _write(writer, 200, answer, cut=fault == "cut")
            await writer.drain()
            if fault == "cut":
                return False
            self.answered[key] += 1
            return True
        finally:
            self.open -= 1

    def _passing(self, key: str) -> str | None:
        if not self.faults or self.requests[key] > _MOST_FAILURES:
            return None
        return _chosen(f"{self.seed} {key} {self.requests[key]}", PASSING, 100)

    def _answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        schema = request["response_format"]["json_schema"]["schema"]
        content: str = json.dumps(shortest(schema, schema))
        message: dict[str, Any] = {"role": "assistant", "content": content}
        finish = "stop"
        match self._lasting(request):
            case "refused":
                message |= {"content": None, "refusal": "planted refusal"}
            case "truncated":
                message["content"], finish = content[: len(content) // 2], "length"
            case "invalid":
                message["content"] = "There is no JSON here."
        read = sum(len(str(m["content"])) for m in request["messages"]) // 4
        written = len(content) // 4
        return {
            "id": "stand-in",
            "object": "chat.completion",
            "created": 0,
            "model": request["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": {
                "prompt_tokens": read,
                "completion_tokens": written,
                "total_tokens": read + written,
            },
        }

    def _lasting(self, request: Mapping[str, Any]) -> str | None:
        text = " ".join(str(message["content"]) for message in request["messages"])
        _, mark, rest = text.partition(MARK)
        if not self.faults or not mark:
            return None
        return lasting(rest.split(None, 1)[0].strip("."), self.seed)


def lasting(number: str, seed: int) -> str | None:
    """How every answer about an article is wrong, if it is."""
    return _chosen(f"{seed} article {number}", LASTING, 1000)


def _chosen(text: str, shares: Mapping[str, int], out_of: int) -> str | None:
    """One of the names, each with its share of all texts, or none."""
    place = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % out_of
    for name, share in shares.items():
        if place < share:
            return name
        place -= share
    return None


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _write(
    writer: asyncio.StreamWriter,
    status: int,
    content: object,
    headers: Mapping[str, str] | None = None,
    *,
    cut: bool = False,
) -> None:
    body = json.dumps(content).encode()
    lines = [f"HTTP/1.1 {status} X", "content-type: application/json"]
    lines += [f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
    writer.write(body[: len(body) // 2] if cut else body)


async def _run(stand_in: StandIn) -> None:
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0, backlog=1024, limit=2**26)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    async with server:
        await server.serve_forever()


def _end_with_the_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    """Serve until standard input closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--late", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    asyncio.run(_run(StandIn(options.latency, options.faults, options.late, options.seed)))


if __name__ == "__main__":
    main()
