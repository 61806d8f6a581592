"""Short reports with numbers in them, as many as wanted, all different, of invented people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

_HOSTS = ("Foreign Minister", "Defense Minister", "Trade Minister", "Interior Minister")
_COUNTRIES = ("Norwegian", "Chilean", "Kenyan", "Latvian", "Omani", "Peruvian", "Polish")
_NAMES = ("Aldis Berg", "Tomas Reyes", "Amina Otieno", "Janis Ozols", "Salim Harthy", "Rosa Quispe")
_TOPICS = ("fisheries", "border posts", "rail links", "grain exports", "air routes")


def report(number: int) -> str:
    """One report of about two hundred words."""
    host, guest = _NAMES[number % 6], _NAMES[(number + 1 + number // 6 % 5) % 6]
    office = _HOSTS[number % 4]
    ours, theirs = _COUNTRIES[number % 7], _COUNTRIES[(number + 1 + number // 7 % 6) % 7]
    topic = _TOPICS[number % 5]
    return (
        f"{ours} {office} {host} met {theirs} {office} {guest} on Tuesday to discuss {topic}, "
        f"as report number {number}. says.\n\n"
        f'"We agreed on {number + 3} steps for {topic}," {host} said after the talks. '
        f'"The rest will follow in spring." The {ours} side has long asked for lower tariffs and '
        f"for a joint commission on standards, which has not met since the last harvest.\n\n"
        f"{guest} thanked his hosts and noted that the work on {topic} would go on. "
        f'"There is no doubt about that," he added. A spokesperson for the ministry told reporters '
        f"that a protocol on inspections, licences and the training of customs officers was ready "
        f"for signature.\n\n"
        f"According to the {theirs} minister, trade between the two countries grew by "
        f"{number % 30 + 2} per cent. Critics at home doubt the figure, and a study by the central "
        f"bank puts the growth of exports at half of it.\n\n"
        f"The two ministers will meet again on May 20, when the agreement on {topic} and a plan "
        f"for regional energy supply are to be reviewed.\n"
    )


def brief(number: int) -> str:
    """A report of one sentence, which takes little time of the program's own."""
    return f"Trade between the two ports grew again, says report number {number}."


def write_reports(path: Path, count: int, text: Callable[[int], str] = report) -> None:
    """`count` reports as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"id": str(number), "text": text(number)}) + "\n")
