"""Reports as JUnit XML, which every build server shows."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from summarizer.evals.article_score import JOINT
from summarizer.evals.gating import GateResult
from summarizer.evals.headline import headlines
from summarizer.evals.report import words
from summarizer.evals.runs import SavedRun

# XML 1.0 has no place for these, however they are escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def run_junit(run: SavedRun) -> str:
    """Each article is a test: one that failed the gate is a failure of its class.

    An article with mistakes is no failure; its figure and its mistakes are its output.
    """
    articles = run.scores.articles
    failed = sum(bool(article.failures) for article in articles)
    suite = _suite(run.identity.title, len(articles), failed)
    properties = ET.SubElement(suite, "properties")
    told = words.identity(run.identity, run.scores)
    told += [(line.label, words.share(line)) for line in headlines(run.scores)]
    for name, value in told:
        ET.SubElement(properties, "property", name=_clean(name), value=_clean(value))
    for article in articles:
        case = ET.SubElement(
            suite, "testcase", classname=_clean(run.identity.fixtures), name=_clean(article.fixture)
        )
        for code in article.failures:
            ET.SubElement(case, "failure", type=_clean(code), message=f"no record: {_clean(code)}")
        lines = [f"{JOINT} {words.number(article.values.get(JOINT))}"]
        lines += [
            f"{found.outcome}: {found.field}: expected {found.gold}, got {found.got}"
            for found in article.findings
            if found.outcome not in ("right", "excused")
        ]
        ET.SubElement(case, "system-out").text = _clean("\n".join(lines))
    return _document(suite)


def gate_junit(result: GateResult) -> str:
    """Each thing that the gate asked for is a test."""
    failed = sum(not each.passed for each in result.requirements)
    # Nothing asked is a failed gate, and a suite without tests would show as passed.
    suite = _suite("gate", len(result.requirements) or 1, failed or int(not result.passed))
    for each in result.requirements:
        case = ET.SubElement(suite, "testcase", classname="gate", name=_clean(each.asked))
        if not each.passed:
            ET.SubElement(case, "failure", type="gate", message=_clean(each.found))
    if not result.requirements:
        case = ET.SubElement(suite, "testcase", classname="gate", name="requirements")
        ET.SubElement(case, "failure", type="gate", message="nothing was asked for")
    return _document(suite)


def _suite(name: str, tests: int, failed: int) -> ET.Element:
    counts = {"tests": str(tests), "failures": str(failed), "errors": "0"}
    return ET.Element("testsuite", {"name": _clean(name), **counts})


def _document(suite: ET.Element) -> str:
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("?", text)
