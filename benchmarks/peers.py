"""This program beside langextract and instructor, on one model, server and machine.

    python benchmarks/peers.py [--articles ID ...] [--only SYSTEM ...] [--rounds N]

Every article once in every system, which is what is scored; then the five short ones in further
rounds, for the time. The order of the systems alternates, and every round has a server of its own,
so that no article has been read before. What is finished is kept in `build/benchmarks/peers`, and a
second call goes on from there; `--again SYSTEM` forgets what that one gave. The other programs have
their own environment (`make .venv-peers`).
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from report import FOLDER, publish
from rivals.articles import TIMED, chosen
from rivals.proxy import Proxy
from rivals.results import SYSTEMS, Key, Store, SystemName
from rivals.running import RawSpeed, Setting, Worker, identity, in_turn, raw_speed, run
from rivals.tables import reports

from summarizer.evals import Fixture
from summarizer.model import EmbeddedServer, find_model, load_catalogue, weights_path

ROOT = Path(__file__).resolve().parents[1]
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
ROUNDS = 3
_SPEEDS = "raw_speed.json"


def main() -> None:
    """Run what is missing, print and keep."""
    options = _options()
    store = Store(FOLDER / "peers")
    articles = chosen(options.articles)
    for system in options.again:
        store.drop(system)
    systems: tuple[SystemName, ...] = tuple(options.only or SYSTEMS)
    with ExitStack() as stack:
        workers = {
            system: stack.enter_context(Worker(system, _python(system))) for system in systems
        }
        for number in range(1, options.rounds + 1):
            timed = [one for one in articles if one.id in (options.articles or TIMED)]
            _round(number, articles if number == 1 else timed, workers, store, options)
    for name, report in reports(store, articles, _speeds(store)).items():
        publish(name, report)


def _round(
    number: int,
    articles: list[Fixture],
    workers: dict[SystemName, Worker],
    store: Store,
    options: argparse.Namespace,
) -> None:
    """Every article that is still missing, with a server that has read none of them."""
    at = number % len(articles)
    articles = [*articles[at:], *articles[:at]]
    entry = find_model(options.model)
    server = EmbeddedServer(weights_path(entry), entry.name)
    with ExitStack() as stack:
        setting: Setting | None = None
        for turn, article in enumerate(articles):
            for system in in_turn(list(workers), turn + number):
                worker, key = workers[system], Key(system, article.id, number)
                worker.start()
                if setting is None:
                    address = stack.enter_context(server)
                    proxy = stack.enter_context(Proxy(address.base_url))
                    engine = version("xllamacpp")
                    setting = Setting(address, proxy, engine, options.patience)
                    fresh = True
                kept = store.get(key)
                if kept and kept.identity == identity(worker, article, setting):
                    continue
                if fresh:
                    _keep_speed(store, raw_speed(setting.address))
                    fresh = False
                result = run(worker, article, number, setting)
                store.put(result)
                told = result.failure["code"] if result.failure else "done"
                print(f"round {number}, {article.id}, {system}: {told}, {result.seconds:.1f} s")


def _python(system: SystemName) -> Path:
    if system == "summarizer":
        return Path(sys.executable)
    if not PEERS_PYTHON.exists():
        raise SystemExit("The other programs are not installed: `make .venv-peers`.")
    return PEERS_PYTHON


def _keep_speed(store: Store, speed: RawSpeed) -> None:
    kept = [[one.read, one.written] for one in _speeds(store)] + [[speed.read, speed.written]]
    store.folder.mkdir(parents=True, exist_ok=True)
    (store.folder / _SPEEDS).write_text(json.dumps(kept), encoding="utf-8")


def _speeds(store: Store) -> list[RawSpeed]:
    path = store.folder / _SPEEDS
    if not path.is_file():
        return []
    return [RawSpeed(*pair) for pair in json.loads(path.read_text(encoding="utf-8"))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--articles", nargs="+", default=[], metavar="ID")
    parser.add_argument("--only", nargs="+", default=[], choices=SYSTEMS)
    parser.add_argument("--again", nargs="+", default=[], choices=SYSTEMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--model", default=load_catalogue().default)
    parser.add_argument("--patience", type=float, default=600.0, help="seconds for an article")
    return parser.parse_args()


if __name__ == "__main__":
    main()
