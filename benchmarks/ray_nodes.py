"""A Ray cluster of several nodes on this machine: python benchmarks/ray_nodes.py [NODES].

It listens on 127.0.0.1, prints its address, kills its last node at the line `kill` on standard
input, and ends with everything it started when standard input closes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_OBJECTS = 80_000_000  # bytes
_PATIENCE = 20.0  # seconds to wait for its end
_SLOW = 120.0  # seconds that a busy machine may take to start
_TRIES = 3


@dataclass(frozen=True)
class Nodes:
    """A cluster that runs: its address, and where it writes its logs."""

    address: str
    folder: Path
    _lines: IO[str]

    def kill(self) -> None:
        """Kill the last node."""
        self._lines.write("kill\n")
        self._lines.flush()


@contextmanager
def ray_nodes(nodes: int = 2) -> Iterator[Nodes]:
    """A cluster that ends with the block."""
    command = [sys.executable, __file__, str(nodes)]
    # The paths of Ray's sockets have to be short.
    folder = tempfile.mkdtemp(prefix="r", dir="/tmp")
    environment = {
        **os.environ,
        "RAY_TMPDIR": folder,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    }
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        given = process.stdin
        try:
            yield Nodes(process.stdout.readline().strip(), Path(folder), given)
        finally:
            with suppress(BrokenPipeError):
                given.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()  # what it started ends with it
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run the cluster until standard input closes."""
    from ray.cluster_utils import Cluster

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    # One processor each: what a real node has more of is not what is tried here.
    node: dict[str, Any] = {"num_cpus": 1, "object_store_memory": _OBJECTS, "wait": False}
    for left in reversed(range(_TRIES)):
        cluster = Cluster()
        try:
            cluster.add_node(include_dashboard=False, **node)
            nodes = [cluster.add_node(**node) for _ in range(count - 1)]
            cluster.wait_for_nodes(timeout=_SLOW)
            break
        except Exception:  # Ray has no other for a node that is slow to start
            cluster.shutdown()  # type: ignore[no-untyped-call]
            if not left:
                raise
    print(cluster.address, flush=True)
    try:
        for line in sys.stdin:
            if line.strip() == "kill" and nodes:
                cluster.remove_node(nodes.pop(), allow_graceful=False)
    finally:
        cluster.shutdown()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
