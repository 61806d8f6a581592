"""Many articles: one outcome each, and where the records go."""

from summarizer.run.batch import Outcome, exit_code, run
from summarizer.run.output import Layout, Output, open_output

__all__ = ["Layout", "Outcome", "Output", "exit_code", "open_output", "run"]
