"""Running a finished run again: python benchmarks/resume_speed.py [ARTICLES].

No call may be made; what is measured is reading, looking up and writing out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chaos import counts, stand_in
from report import Report, publish
from reports import write_reports

ARTICLES = 10_000
JOBS = 32


def main() -> None:
    """Run twice, print and keep; leaves with 1 if the second run asked anything."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder, stand_in() as url:
        reports, out = Path(folder) / "reports.jsonl", Path(folder) / "records.jsonl"
        write_reports(reports, articles)
        command = [sys.executable, "-m", "summarizer", "summarize", str(reports)]
        command += ["--base-url", url, "--model", "stand-in", "--jobs", str(JOBS)]
        command += ["--out", str(out)]
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        seconds = []
        asked = []
        for _ in range(2):
            begun = time.monotonic()
            subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
            seconds.append(time.monotonic() - begun)
            asked.append(counts(url)["requests"])
        written = out.read_bytes().count(b"\n")
    again = asked[1] - asked[0]
    publish(
        "resume_speed",
        Report(
            f"The same run over {articles:,} articles twice.",
            ("run", "calls", "seconds", "articles a second"),
            [
                ("first", f"{asked[0]:,}", f"{seconds[0]:.1f}", f"{articles / seconds[0]:.0f}"),
                ("second", f"{again:,}", f"{seconds[1]:.1f}", f"{articles / seconds[1]:.0f}"),
            ],
        ),
    )
    sys.exit(bool(again) or written != articles)


if __name__ == "__main__":
    main()
