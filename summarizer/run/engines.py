"""The engines: who works on the articles of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summarizer.run.crew import Crew, open_crew
from summarizer.run.ledger import Ledger
from summarizer.run.shop import Equipment


@dataclass(frozen=True)
class Opening:
    """What a crew is opened with.

    Args:
        equipment: what every worker needs.
        jobs: how many calls may be in flight.
        ledger: of the run.
        own_model: each worker's endpoint is a model that it starts itself.
        ray_address: of the Ray cluster; null starts one on this machine.
        batch_size: the most requests in a file of the provider's batch interface.
    """

    equipment: Equipment
    jobs: int
    ledger: Ledger
    own_model: bool = False
    ray_address: str | None = None
    batch_size: int = 50_000


def _local(opening: Opening) -> Crew:
    return open_crew(opening.equipment, opening.jobs)


def _ray(opening: Opening) -> Crew:
    from summarizer.run.ray_crew import RayCrew

    return RayCrew(
        opening.equipment,
        opening.jobs,
        address=opening.ray_address,
        one_a_node=opening.own_model,
    )


def _batch(opening: Opening) -> Crew:
    from summarizer.run.batch_crew import BatchCrew

    return BatchCrew(opening.equipment, opening.ledger, opening.batch_size)


ENGINES: Mapping[str, Callable[[Opening], Crew]] = {
    "local": _local,
    "ray": _ray,
    "openai-batch": _batch,
}
