"""Where an article is parted: nothing is left out, and no statement is cut that fits in a part."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.analysis import Reading, read
from summarizer.article import Article, article_id
from summarizer.extract.seams import Part, Seams


def reading_of(text: str) -> Reading:
    return read(Article(id=article_id(text), text=text, language="en"))


def parts(reading: Reading, size: int) -> Iterator[Part]:
    seams, reached = Seams(reading), 0
    while reached < len(reading.text):
        part = seams.part(reached, size)
        yield part
        reached = part.end


def paragraph(number: int) -> str:
    return (
        f"Minister Ana Rojas opened pier {number} of the new harbour on Monday.\n\n"
        f"“We will send {number} tugs to the south. They sail in May,” Rojas said. “The ice does "
        f"not wait for the {number} crews.”\n\n“The plan has {number} steps.\n\n“Every one of them "
        f"is paid for,” she added. Berg noted that the {number} ships were ready."
    )


LONG = "\n\n".join(map(paragraph, range(10, 22)))
FLAT = " ".join(paragraph(number).replace("\n\n", " ") for number in range(10, 22))
READINGS = [reading_of(LONG), reading_of(FLAT), reading_of("word " * 400), reading_of("x" * 900)]


@given(st.sampled_from(READINGS), st.integers(1, 3000))
def test_the_parts_are_all_of_the_article_in_its_order(reading: Reading, size: int) -> None:
    found = list(parts(reading, size))
    assert found[0].start == 0 and found[-1].end == len(reading.text)
    assert all(part.end - part.start <= size for part in found)
    for before, part in itertools.pairwise(found):
        assert part.fresh == before.end
        assert before.start < part.start <= before.end < part.end


@given(st.sampled_from(READINGS[:2]), st.integers(300, 3000))
def test_every_statement_that_fits_lies_whole_in_one_part(reading: Reading, size: int) -> None:
    found = list(parts(reading, size))
    said = [(q.start, q.end) for q in reading.quotations]
    for attribution in reading.attributions:
        spans = [*attribution.spans, *([attribution.cue] if attribution.cue else [])]
        said.append((min(s.start for s in spans), max(s.end for s in spans)))
    assert len(said) > 50
    for start, end in said:
        assert any(part.start <= start and end <= part.end for part in found)


@pytest.mark.parametrize("size", [500, 1000, 2000])
def test_parts_begin_with_what_was_read_before(size: int) -> None:
    found = list(parts(READINGS[0], size))
    repeated = [part.fresh - part.start for part in found[1:]]
    assert sum(repeated) > 0
    assert max(repeated) <= size // 5


def test_the_number_of_parts_grows_with_the_article() -> None:
    counts = [
        len(list(parts(reading_of("\n\n".join(map(paragraph, range(10, 10 + n)))), 800)))
        for n in (10, 20, 40)
    ]
    assert counts[2] < 2.5 * counts[1] < 2.5**2 * counts[0]


def test_an_article_that_fits_is_one_part() -> None:
    reading = READINGS[0]
    assert list(parts(reading, len(LONG))) == [Part(0, len(LONG), 0)]
