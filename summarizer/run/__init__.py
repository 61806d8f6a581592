"""Many articles: a ledger of what became of each, and where the records go."""

from summarizer.run.batch_crew import take_in
from summarizer.run.budget import Budget, Purse
from summarizer.run.conduct import Conductor, Progress
from summarizer.run.crew import Crew
from summarizer.run.database import Database, open_database, read_records
from summarizer.run.endings import exit_code
from summarizer.run.engines import ENGINES, Opening
from summarizer.run.entry import Entry, RunInfo
from summarizer.run.estimate import Estimate, ShortestAnswers, estimate_run, shortest
from summarizer.run.ledger import Ending, Ledger
from summarizer.run.ledger_read import SUFFIX, LedgerReader
from summarizer.run.output import Layout, Output, open_output
from summarizer.run.parts import open_parts
from summarizer.run.shop import Equipment
from summarizer.run.work import UNFINISHED, Done, Heard, Identity, Spent, State, Task, state_of

__all__ = [
    "ENGINES",
    "SUFFIX",
    "UNFINISHED",
    "Budget",
    "Conductor",
    "Crew",
    "Database",
    "Done",
    "Ending",
    "Entry",
    "Equipment",
    "Estimate",
    "Heard",
    "Identity",
    "Layout",
    "Ledger",
    "LedgerReader",
    "Opening",
    "Output",
    "Progress",
    "Purse",
    "RunInfo",
    "ShortestAnswers",
    "Spent",
    "State",
    "Task",
    "estimate_run",
    "exit_code",
    "open_database",
    "open_output",
    "open_parts",
    "read_records",
    "shortest",
    "state_of",
    "take_in",
]
