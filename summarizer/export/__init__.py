"""Records in the forms of other programs: one module for each, one registry."""

from summarizer.export.brat_lines import (
    Attribution,
    BratEvent,
    BratSpan,
    attributions,
    read_brat,
    record_to_brat,
    write_brat,
)
from summarizer.export.place import place
from summarizer.export.registry import EXPORTS, ExportName, export
from summarizer.export.spreadsheet import read_cell, written_cell

__all__ = [
    "EXPORTS",
    "Attribution",
    "BratEvent",
    "BratSpan",
    "ExportName",
    "attributions",
    "export",
    "place",
    "read_brat",
    "read_cell",
    "record_to_brat",
    "write_brat",
    "written_cell",
]
