"""Evals: fixtures, the scorer, and comparing one run with another; no model is needed."""

from summarizer.evals.article_score import JOINT, ArticleScores
from summarizer.evals.calibration import (
    Bin,
    Judged,
    calibration_error,
    calibration_interval,
    calibration_text,
    judged,
    reliability,
    rule_counts,
)
from summarizer.evals.comparison import ArticlePair, Comparison, Verdict, adjusted, compare
from summarizer.evals.counts import Counts, Tally
from summarizer.evals.figures import AccuracyFigure, F1Figure, InventionFigure, Macro
from summarizer.evals.finding import Finding
from summarizer.evals.fixture_of import fixture_of, write_fixtures
from summarizer.evals.fixtures import check_fixtures, fixture_set_hash, load_fixtures
from summarizer.evals.flips import Flip, confusions, flips, suspects
from summarizer.evals.gate import Failure, gate, read_answer
from summarizer.evals.gold import Fixture, GoldMeeting, GoldParticipant, GoldStatement
from summarizer.evals.gold_checks import Problem
from summarizer.evals.gold_file import GoldFile, Split
from summarizer.evals.headline import Headline, headlines
from summarizer.evals.inventions import Invented
from summarizer.evals.oracle import oracle
from summarizer.evals.polnear import PolnearArticle, load_polnear
from summarizer.evals.polnear_score import score_polnear
from summarizer.evals.score import Scores, dump_scores, load_scores, score, score_runs
from summarizer.evals.sets import EvalSet, FixtureSet, PolnearSet, Task, open_set
from summarizer.evals.statistics import Interval, smallest_detectable

__all__ = [
    "JOINT",
    "AccuracyFigure",
    "ArticlePair",
    "ArticleScores",
    "Bin",
    "Comparison",
    "Counts",
    "EvalSet",
    "F1Figure",
    "Failure",
    "Finding",
    "Fixture",
    "FixtureSet",
    "Flip",
    "GoldFile",
    "GoldMeeting",
    "GoldParticipant",
    "GoldStatement",
    "Headline",
    "Interval",
    "Invented",
    "InventionFigure",
    "Judged",
    "Macro",
    "PolnearArticle",
    "PolnearSet",
    "Problem",
    "Scores",
    "Split",
    "Tally",
    "Task",
    "Verdict",
    "adjusted",
    "calibration_error",
    "calibration_interval",
    "calibration_text",
    "check_fixtures",
    "compare",
    "confusions",
    "dump_scores",
    "fixture_of",
    "fixture_set_hash",
    "flips",
    "gate",
    "headlines",
    "judged",
    "load_fixtures",
    "load_polnear",
    "load_scores",
    "open_set",
    "oracle",
    "read_answer",
    "reliability",
    "rule_counts",
    "score",
    "score_polnear",
    "score_runs",
    "smallest_detectable",
    "suspects",
    "write_fixtures",
]
