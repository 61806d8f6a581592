"""Scored runs as people read them: a table, JSON, JUnit XML, and one page for a browser."""

from summarizer.evals.report.contest import Contest, contest
from summarizer.evals.report.data import comparison_json, gate_json, run_json
from summarizer.evals.report.junit import gate_junit, run_junit
from summarizer.evals.report.page import page
from summarizer.evals.report.readme import readme_table
from summarizer.evals.report.reliability import speakers_of
from summarizer.evals.report.text import comparison_text, gate_text, runs_text

__all__ = [
    "Contest",
    "comparison_json",
    "comparison_text",
    "contest",
    "gate_json",
    "gate_junit",
    "gate_text",
    "page",
    "readme_table",
    "run_json",
    "run_junit",
    "runs_text",
    "speakers_of",
]
