"""What a process holds in memory, as the kernel counts it. Linux only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Line = Literal["VmRSS", "VmHWM"]


def megabytes(pid: int, line: Line) -> float:
    """What is in use now (`VmRSS`), or was at most (`VmHWM`); 0 once the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    found = [text.split()[1] for text in lines if text.startswith(f"{line}:")]
    return int(found[0]) / 1000 if found else 0.0
