"""The command line: commands parse, call, print and pick the exit code."""

from summarizer.cli.entry import main

__all__ = ["main"]
