"""A large review in small parts, so that neither side of the pipe holds it twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, TypeVar

from graph.intake.sheets.review import Review

_Thing = TypeVar("_Thing")
_RECORDS: Final = "records"
_SIZE: Final = 1000


def parts_of(review: Review) -> Iterator[Review]:
    """Yield reviews that hold together what ``review`` holds, each at most a thousand entries of one kind."""
    contents: dict[str, Any] = {field.name: getattr(review, field.name) for field in fields(Review)}
    lists = {name: found for name, found in contents.items() if isinstance(found, list)}
    short = {name: found for name, found in contents.items() if name not in lists and name != _RECORDS}
    yield _holding(short)
    for name, found in lists.items():
        for batch in _batches(found):
            yield _holding({"source": review.source, name: batch})
    for kind, records in review.records.items():
        for some in _batches(records):
            part = Review(review.source)
            part.records[kind] = some
            yield part


def _holding(contents: Mapping[str, Any]) -> Review:
    return Review(**contents)


def add_part(whole: Review, part: Review) -> None:
    """Put what a part holds behind what is there."""
    for field in fields(Review):
        there, further = getattr(whole, field.name), getattr(part, field.name)
        if field.name == _RECORDS:
            for kind, records in part.records.items():
                whole.records[kind] += records
        elif isinstance(there, list):
            there += further
        elif isinstance(there, dict):
            there.update(further)
        else:
            setattr(whole, field.name, further)


def _batches(things: list[_Thing]) -> Iterator[list[_Thing]]:
    for begin in range(0, len(things), _SIZE):
        yield things[begin : begin + _SIZE]
