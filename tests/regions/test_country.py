"""A made country: as large as asked for, the same for the same seed, town after town."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cities.register import read_register
from api.settings import read_settings
from api.workspace import Workspace
from benchmarks.made.country import LISTED, Country, Town, quads_of, write_quads
from benchmarks.measuring.balancing import SmallBalancer
from benchmarks.measuring.loading import STEPS, measure_step
from benchmarks.scale import load_part
from ontology.terms import PW

LISTING = Town(7, 12, whole=False, region=3, seed=5)


def test_a_country_has_as_many_plans_as_asked_for_and_towns_of_very_different_size() -> None:
    sizes = Country().sizes
    assert (len(sizes), sum(sizes)) == (11_000, 1_000_000)
    assert all(larger >= smaller - 1 for larger, smaller in pairwise(sizes))
    assert (sizes[0], sizes[5_500], sizes[-1]) == (2_572, 51, 33)


def test_the_largest_towns_record_more_than_a_list() -> None:
    towns = list(Country().towns())
    assert sum(town.whole for town in towns) == 25
    assert towns[0].whole
    assert not towns[-1].whole


def test_the_same_seed_makes_the_same_country_and_another_seed_another() -> None:
    first, again, other = (Country(3, 36, seed).quads() for seed in (1, 1, 2))
    lines = list(first)
    assert lines == list(again)
    assert lines != list(other)


def test_too_few_plans_are_refused() -> None:
    with pytest.raises(ValueError, match="needs 10 plans"):
        Country(11, 100)


def test_the_first_town_is_made_without_the_others() -> None:
    """Eleven thousand towns would take minutes: what comes first is there at once."""
    assert len(list(islice(Country().quads(), 100))) == 100


def test_every_line_is_a_quad_and_every_graph_belongs_to_a_town(tmp_path: Path) -> None:
    number = write_quads(Country(3, 36), tmp_path / "country.nq")
    quads = list(ox.parse(path=tmp_path / "country.nq", format=ox.RdfFormat.N_QUADS))
    bases = {town.base for town in Country(3, 36).towns()}
    assert len(quads) == number
    assert all(any(quad.graph_name.value.startswith(base) for base in bases) for quad in quads)


def test_nothing_in_a_listing_refers_to_what_is_not_recorded() -> None:
    said = list(LISTING.statements())
    subjects = {statement.subject for statement in said}
    things = (subject.partition("/id/syn-")[2] for subject in subjects if "/id/syn-" in subject)
    assert {thing.split("-")[0] for thing in things} == {"p", "dep", "t", "tg"}
    assert len(LISTED) == 5
    dangling = {
        statement.value
        for statement in said
        if statement.is_iri and "/id/syn-" in statement.value and statement.value not in subjects
    }
    assert dangling == set()


def test_each_thing_of_a_town_stands_in_its_inventory() -> None:
    inventories = Counter(
        line.split()[2] for line in quads_of(LISTING) if line.split()[1] == f"<{PW.inInventory}>"
    )
    assert list(inventories) == [f"<{LISTING.base}inventory>"]


def test_stores_and_register_are_those_of_a_deployment(tmp_path: Path) -> None:
    country = Country(3, 36)
    number = country.write_stores(tmp_path)
    register = read_register(tmp_path)
    assert [city.id for city in register.cities] == ["gemeinde-00001", "gemeinde-00002", "gemeinde-00003"]
    held = 0
    for city in register.cities:
        with Workspace(read_settings({}, store=city.store, base=city.base)) as workspace:
            held += sum(commit.added for commit in workspace.files.log())
            assert workspace.host().query(f"ASK {{ ?plan a <{PW.Plan}> }}").holds()
    assert held == number


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_loading_is_measured_in_a_process_of_its_own(tmp_path: Path, step: str) -> None:
    quads, index = tmp_path / "country.nq", tmp_path / "index"
    write_quads(Country(1, 10), quads)
    if step == "open":
        measure_step("disk", quads, index)
    took = measure_step(step, quads, index)
    assert took.seconds > 0
    assert took.megabytes > 10


def test_a_part_of_the_country_says_what_each_step_takes() -> None:
    loaded = load_part(400)
    assert list(loaded.steps) == ["parse", "memory", "disk", "open"]
    assert loaded.line().startswith(f"{loaded.statements:,}: generate ")


def test_a_balancer_with_nobody_behind_it_closes() -> None:
    SmallBalancer([1]).close()


def test_the_register_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(Country(2, 20).register()))["cities"][1]["region"].startswith("land-")
