"""Many articles: a ledger of what became of each, and where the records go."""

from summarizer.run.budget import Budget
from summarizer.run.conduct import Conductor, Progress
from summarizer.run.crew import Crew, Equipment, open_crew
from summarizer.run.database import open_database
from summarizer.run.endings import exit_code
from summarizer.run.entry import Entry, RunInfo
from summarizer.run.estimate import Estimate, ShortestAnswers, estimate_run, shortest
from summarizer.run.ledger import Ending, Ledger
from summarizer.run.ledger_read import SUFFIX, LedgerReader
from summarizer.run.output import Layout, Output, open_output
from summarizer.run.stored import stored_records
from summarizer.run.work import UNFINISHED, Done, Identity, Spent, State, Task, state_of

__all__ = [
    "SUFFIX",
    "UNFINISHED",
    "Budget",
    "Conductor",
    "Crew",
    "Done",
    "Ending",
    "Entry",
    "Equipment",
    "Estimate",
    "Identity",
    "Layout",
    "Ledger",
    "LedgerReader",
    "Output",
    "Progress",
    "RunInfo",
    "ShortestAnswers",
    "Spent",
    "State",
    "Task",
    "estimate_run",
    "exit_code",
    "open_crew",
    "open_database",
    "open_output",
    "shortest",
    "state_of",
    "stored_records",
]
