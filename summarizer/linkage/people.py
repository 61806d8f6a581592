"""The same person in several articles.

Two are one if the articles give the same full name and no different countries. After that a short
form (`Lind`, `A. Lind`) joins a full name if the country is the same and the one's office is worded
within the other's. Nobody joins anybody of the same article; groups and unnamed people join nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.linkage.names import Key, may_stand_for
from summarizer.linkage.twins import twins
from summarizer.record import PersonType


@dataclass(frozen=True)
class Person:
    """One person of one article; `named` is false for a group and for someone unnamed."""

    article: str
    id: str
    type: PersonType
    key: Key
    named: bool
    full: bool
    country: str | None
    role: frozenset[str]


@dataclass(frozen=True)
class _Cluster:
    """Persons taken for one so far."""

    persons: tuple[Person, ...]

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(person.article for person in self.persons)

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset(person.key for person in self.persons)

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset(person.country for person in self.persons if person.country)

    @cached_property
    def roles(self) -> frozenset[frozenset[str]]:
        return frozenset(person.role for person in self.persons if person.role)


def same_people(persons: Sequence[Person]) -> list[tuple[Person, ...]]:
    """The persons, grouped; each once.

    Args:
        persons: at most one for each article and id.
    """
    alone = [person for person in persons if not person.named]
    grouped = _by_name([person for person in persons if person.named and person.full])
    short = [_Cluster((person,)) for person in persons if person.named and not person.full]
    joined = _by_short_form([*grouped, *short])
    return [*((person,) for person in alone), *(cluster.persons for cluster in joined)]


def _by_name(persons: Iterable[Person]) -> list[_Cluster]:
    named: dict[tuple[str, Key], list[Person]] = defaultdict(list)
    for person in persons:
        named[person.type, person.key].append(person)
    return [cluster for same in named.values() for cluster in _by_country(same)]


def _by_country(persons: Sequence[Person]) -> Iterator[_Cluster]:
    countries: dict[str | None, list[Person]] = defaultdict(list)
    for person in persons:
        countries[person.country].append(person)
    clusters: list[_Cluster] = []
    for same in countries.values():
        cluster = _Cluster(tuple(same))
        if len(cluster.articles) == len(same):
            clusters.append(cluster)
        else:  # one article knows two of this name
            yield from (_Cluster((person,)) for person in same)
    yield from _united(clusters, _countries_agree)


def _by_short_form(clusters: Sequence[_Cluster]) -> Iterator[_Cluster]:
    blocks: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        if len(cluster.countries) == 1 and cluster.persons[0].type == "person":
            blocks[min(cluster.countries)].append(cluster)
        else:
            yield cluster
    for block in blocks.values():
        yield from _united(block, _short_form)


def _united(
    clusters: Sequence[_Cluster], fit: Callable[[_Cluster, _Cluster], bool]
) -> Iterator[_Cluster]:
    for group in twins(clusters, fit):
        yield _Cluster(tuple(person for cluster in group for person in cluster.persons))


def _countries_agree(a: _Cluster, b: _Cluster) -> bool:
    return a.articles.isdisjoint(b.articles) and len(a.countries | b.countries) <= 1


def _short_form(a: _Cluster, b: _Cluster) -> bool:
    return (
        any(may_stand_for(x, y) for x in a.keys for y in b.keys)
        and any(x <= y or y <= x for x in a.roles for y in b.roles)
        and a.articles.isdisjoint(b.articles)
    )
