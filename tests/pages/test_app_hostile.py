"""What people bring is text, whatever it looks like: no cell of a table becomes markup, script or address."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from api.pages.frame.kinds import page_address
from api.settings import read_settings
from api.wanted import wanted_day
from api.workspace import Workspace
from ontology.tables import DUTY_TABLES, Table, load_tables

DATA = Path(__file__).parents[2] / "data"
AACHEN, DUTIES = DATA / "aachen", DATA / "duties-nrw"
DAY = "as_of=2026-01-01"
EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{7*7}}{% raw %}&lt;"
MARKS = ("<script>alert", "<img src=x", "onerror=alert(1)>", "&lt;script&gt;alert('x')", 'href="javascript:')
PERSON = {"Accept": "text/html"}


def poisoned(table: Table, row: dict[str, str], evil: str = EVIL) -> dict[str, str]:
    """Return a row whose free words all attack, and whose addresses run scripts."""
    words = {column.name for column in table.columns if column.kind == "text" or column.property is None}
    words -= {column.name for column in table.columns if column.kind in {"key", "graph"}}
    changed = {name: f"{value} {evil}" if name in words and value else value for name, value in row.items()}
    literals = {
        column.name for column in table.columns if column.kind == "literal" and "ear" not in column.name
    }
    changed |= {name: f"{row[name]}{evil}" for name in literals & row.keys() if row[name]}
    changed |= {name: "javascript:alert(1)" for name in row if name == "url"}
    return changed


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Aachen's tables and the duties with attacks in every free cell, and a decision that attacks, too."""
    folder, duties = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("hostile-duties")
    poison(load_tables(), AACHEN, folder)
    agree_with_sources(folder)
    poison(load_tables(DUTY_TABLES), DUTIES, duties)
    with Workspace(read_settings({}, store=str(folder / "store"))) as workspace:
        workspace.import_folder(folder, source_id="hostile")
        workspace.import_folder(duties, source_id="hostile-duties")
        finding = workspace.findings(wanted_day(None), ["duty"]).findings[0]
        workspace.decide(finding.id, "gewollt", EVIL, role=EVIL, paper=EVIL)
        yield workspace


def poison(tables: Iterable[Table], home: Path, folder: Path, evils: Iterable[str] = (EVIL,)) -> None:
    """Write the tables of a folder with attacks in every free cell, the next attack in each row."""
    attacks = cycle(evils)
    for table in tables:
        source = home / table.file
        if not source.exists():
            continue
        with source.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = [poisoned(table, row, next(attacks)) for row in reader]
        with (folder / table.file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(rows)


def agree_with_sources(folder: Path) -> None:
    """Let each row repeat the address that its source now has."""
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as lines:
        addresses = {row["id"]: row["url"] for row in csv.DictReader(lines)}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
        if "source_url" not in (reader.fieldnames or []):
            continue
        for row in rows:
            row["source_url"] = addresses.get(row["source_id"], "")
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, reader.fieldnames or [])
            writer.writeheader()
            writer.writerows(rows)


@pytest.fixture(scope="module")
def asking(hostile: Workspace, served) -> Iterator[httpx.Client]:
    opened: AbstractContextManager[str] = served(hostile)
    with opened as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def harmless(text: str) -> bool:
    return not any(mark in text for mark in MARKS)


def test_the_attack_is_in_the_store(hostile: Workspace) -> None:
    network = hostile.network()
    assert EVIL in network.label(network.ids["p-sep3"])


@pytest.mark.parametrize(
    "name", ["Plan", "Goal", "OrganizationalUnit", "SteeringInstrument", "CouncilPaper", "Source", "Dataset"]
)
def test_no_page_of_a_thing_takes_words_for_markup(
    asking: httpx.Client, hostile: Workspace, name: str
) -> None:
    network = hostile.network()
    for node in network.of_type(name)[:12]:
        answer = asking.get(page_address(network, node), headers=PERSON)
        assert answer.status_code == 200
        assert EVIL not in answer.text
        assert "{{7*7}}" in answer.text
        assert harmless(answer.text), node


@pytest.mark.parametrize(
    "path",
    ["/", "/plans", "/goals", "/sources", "/findings?band=alle", "/graph", "/graph?focus=p-sep3", "/search?q=script",
     "/questions/q30-plans", "/questions/q31-goals-of-a-plan?plan=p-sep3"],
)  # fmt: skip
def test_no_other_page_takes_words_for_markup(asking: httpx.Client, path: str) -> None:
    answer = asking.get(path, headers=PERSON)
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.text or "\\u003cscript" in answer.text
    assert harmless(answer.text)


def test_no_card_of_a_finding_takes_words_for_markup(asking: httpx.Client, hostile: Workspace) -> None:
    for finding in hostile.overlaps(wanted_day("2026-01-01")).findings[:10]:
        assert harmless(asking.get(f"/findings/{finding.id}?as_of=2026-01-01", headers=PERSON).text)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/plans?q={}",
        "/plans/{}",
        "/sparql?query={}",
        "/nowhere/{}",
        "/findings?kind={}",
        "/plans?sort={}",
        "/?as_of={}",
    ],
)
def test_what_stands_in_the_address_stays_text(asking: httpx.Client, path: str) -> None:
    answer = asking.get(path.format(httpx.QueryParams({"": EVIL}).__str__()[1:]), headers=PERSON)
    assert answer.status_code < 500
    assert EVIL not in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "path",
    [f"/duties?{DAY}", f"/matrix?{DAY}", f"/matrix?rows=plans&band=alle&{DAY}", f"/groups?{DAY}", f"/seats?{DAY}",
     f"/seats/t-jugend?{DAY}", f"/whatif?{DAY}", f"/whatif?dissolve=dep-fb37&{DAY}",
     f"/whatif?merge=p-glp24&into=p-glpsr&{DAY}", "/goals/similar?text=Wohnraum",
     f"/plans/p-bev?{DAY}"],
)  # fmt: skip
def test_no_view_of_findings_takes_words_for_markup(asking: httpx.Client, path: str) -> None:
    answer = asking.get(path, headers=PERSON)
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.text
    assert harmless(answer.text)


def test_no_comparison_of_states_takes_words_for_markup(asking: httpx.Client, hostile: Workspace) -> None:
    first = hostile.files.log()[0].id
    answer = asking.get(f"/findings/changes?since={first}&{DAY}", headers=PERSON)
    assert "&lt;script&gt;" in answer.text
    assert harmless(answer.text)


def test_no_card_of_any_rule_takes_words_for_markup(asking: httpx.Client, hostile: Workspace) -> None:
    first = {(f.rule.id, f.kind): f for f in reversed(hostile.findings(wanted_day("2026-01-01")).findings)}
    assert {rule for rule, _ in first} > {"overlap", "chain", "congruence", "duty"}
    for finding in first.values():
        answer = asking.get(f"/findings/{finding.id}?{DAY}", headers=PERSON)
        assert answer.status_code == 200
        assert harmless(answer.text), finding.id


def test_no_decision_takes_words_for_markup(asking: httpx.Client, hostile: Workspace) -> None:
    (decided,) = (f for f in hostile.findings(wanted_day(None)).findings if f.state == "gewollt")
    answer = asking.get(f"/findings/{decided.id}", headers=PERSON)
    assert answer.text.count("{{7*7}}") >= 3
    assert harmless(answer.text)


@pytest.mark.parametrize(
    "path", ["/whatif?dissolve={}", "/whatif?merge={}&into=p-glpsr", "/seats/{}", "/duties?body={}", "/findings/changes?since={}",
             "/goals/similar?text={}", "/matrix?rows={}", "/findings?format=csv&kind={}", "/findings/{}"]
)  # fmt: skip
def test_what_stands_in_the_address_of_a_view_stays_text(asking: httpx.Client, path: str) -> None:
    test_what_stands_in_the_address_stays_text(asking, path)
