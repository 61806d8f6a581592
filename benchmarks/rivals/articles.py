"""The articles that every system reads, with their gold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import InputError
from summarizer.evals import Fixture, load_fixtures

_ROOT = Path(__file__).resolve().parents[2]
FIXTURES = _ROOT / "evals" / "fixtures"
# Of other people, and not part of this project: only figures over all of them are kept.
REAL = _ROOT.parent / "shared" / "real-articles"

SEED = "00-tsamto-shoigu-dong"
# Up to 320 words: those that quote anyone, and the two shortest of the others.
REAL_ONES = (
    "09-kremlin-erdogan-phone",
    "08-kremlin-courts-prosecutor",
    "14-kremlin-security-council",
    "15-kremlin-nato-journalists",
    "07-kremlin-hu-jintao",
    "03-whitehouse-ukraine-call",
    "04-whitehouse-putin-video-call",
)
# The two shortest English ones with quotations of each split.
OWN = (
    "10-tbilisi-proposal",
    "06-border-commission",
    "47-nouakchott-fisheries",
    "39-manila-peso-report",
)
TIMED = (
    "10-tbilisi-proposal",
    "09-kremlin-erdogan-phone",
    "06-border-commission",
    "08-kremlin-courts-prosecutor",
    "03-whitehouse-ukraine-call",
)


def chosen(ids: Sequence[str] = ()) -> list[Fixture]:
    """The articles with these ids, by default the usual ones, the timed ones first.

    Raises:
        InputError: there is none of that id.
    """
    known = {fixture.id: fixture for fixture in load_fixtures(FIXTURES)}
    if REAL.is_dir():
        known |= {fixture.id: fixture for fixture in load_fixtures(REAL)}
    elif not ids:
        print(f"The real articles are not there ({REAL.name}): reading the project's own alone.")
    usual = [one for one in (*TIMED, SEED, *REAL_ONES, *OWN) if ids or one in known]
    wanted = list(dict.fromkeys(ids or usual))
    if missing := [one for one in wanted if one not in known]:
        raise InputError(f"there is no article `{missing[0]}`")
    return [known[one] for one in wanted]
