"""Cities for tests: Aachen's tables beside small made-up cities, each in a store of its own, and a register of them all.

Musterstadt, Beispielheim, Leerdorf and Kaputtstadt do not exist; nothing of them is shipped.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.settings import read_settings
from api.workspace import Workspace
from ontology.tables import DUTY_TABLES, load_tables

ROOT = Path(__file__).parent.parent
AACHEN, DUTIES = ROOT / "data" / "aachen", ROOT / "data" / "duties-nrw"
MUSTER, HEIM = "https://musterstadt.example/id/", "https://beispielheim.example/id/"
AACHEN_BASE = "https://w3id.org/planwerk/id/"
#: The wording of a goal of Aachen (g001), written otherwise.
SHARED_GOAL = (
    "Eine soziale und solidarische Stadt – als gemeinsame Aufgabe aller Politik- und "
    "Verwaltungsbereiche – SCHAFFEN!"
)

Rows = list[dict[str, str]]

MUSTERSTADT: Mapping[str, Rows] = {
    "departments": [{"id": "dep-1", "name_de": "Sozialamt", "source_id": "s1"}],
    "topics": [{"id": "t-1", "title_de": "Wohnen"}, {"id": "t-2", "title_de": "Lärm"}],
    "target_groups": [
        {"id": "tg-alle", "title_de": "Gesamte Bevölkerung", "source_id": "s1"},
        {"id": "tg-1", "title_de": "Kinder", "broader": "tg-alle", "source_id": "s1"},
    ],
    "plans": [
        {"id": "p1", "title_de": "Lärmaktionsplan 2024", "kind": "Aktionsplan", "lead_department": "dep-1",
         "status": "gültig", "topics": "t-2", "valid_from": "2024", "source_id": "s1"},
        {"id": "p2", "title_de": "Sozialentwicklungsplan Musterstadt", "kind": "Entwicklungsplan",
         "lead_department": "dep-1", "status": "fortlaufend", "topics": "t-1", "target_groups": "tg-1",
         "source_id": "s1"},
        {"id": "p3", "title_de": "Altes Leitbild", "kind": "Leitbild", "status": "abgelöst", "source_id": "s1"},
    ],
    "goals": [
        {"id": "g1", "plan": "p2", "title_de": SHARED_GOAL, "topics": "t-1", "target_groups": "tg-1",
         "source_id": "s1"},
        {"id": "g2", "plan": "p2", "title_de": "Nur hier", "topics": "t-1", "target_groups": "tg-alle",
         "source_id": "s1"},
    ],
}  # fmt: skip

BEISPIELHEIM: Mapping[str, Rows] = {
    "plans": [
        {"id": "p1", "title_de": "Sozialentwicklungsplan Beispielheim", "kind": "Entwicklungsplan",
         "status": "in Erarbeitung", "source_id": "s1"},
        {"id": "p2", "title_de": "Irgendein Konzept", "kind": "Konzept", "source_id": "s1"},
    ],
    "goals": [{"id": "g1", "plan": "p1", "title_de": "Nur dort", "source_id": "s1"}],
}  # fmt: skip

REGISTER: dict[str, Any] = {
    "hosts": ["planwerk.example"],
    "regions": [
        {"id": "west", "name": {"de": "Westen", "en": "West"}},
        {"id": "ost", "name": {"de": "Osten", "en": "East"}},
    ],
    "cities": [
        {"id": "aachen", "name": "Aachen", "region": "west", "base": AACHEN_BASE,
         "hosts": ["aachen.planwerk.example"]},
        {"id": "musterstadt", "name": {"de": "Musterstadt", "en": "Sampletown"}, "region": "west", "base": MUSTER},
        {"id": "beispielheim", "name": "Beispielheim", "region": "ost", "base": HEIM,
         "complete": {"by": "Sozialplanung", "on": "2026-01-31"}},
        {"id": "leerdorf", "name": "Leerdorf", "region": "ost"},
        {"id": "kaputt", "name": "Kaputtstadt", "region": "ost"},
    ],
}  # fmt: skip


def write_tables(folder: Path, rows: Mapping[str, Rows]) -> Path:
    """Write a folder of tables with every column that each needs, and one source ``s1``."""
    folder.mkdir(parents=True, exist_ok=True)
    source = {
        "id": "s1",
        "publisher": "Niemand",
        "what": "Testdaten",
        "date": "2025-03-01",
        "kind": "Bericht",
    }
    for name, entries in {"sources": [source], **rows}.items():
        columns = next(
            [column.name for column in table.columns]
            for table in load_tables()
            if table.file == f"{name}.csv"
        )
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(entries)
    return folder


def write_duties(folder: Path, body: str, fulfilments: Rows) -> Path:
    """Write the duties of the state for another city: a town that is its own school authority, and what it names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (
        "duties.csv",
        "duties_ext.csv",
        "norm_versions.csv",
        "coordination_duties.csv",
        "delivery.json",
    ):
        (folder / name).write_text((DUTIES / name).read_text("utf-8"), "utf-8")
    own: dict[str, Rows] = {
        "public_bodies": [{"id": "stadt", "name_de": body, "name_en": body}],
        "roles": [
            {"id": "r1", "body": "stadt", "role": "Gemeinde"},
            {"id": "r2", "body": "stadt", "role": "Schulträger"},
        ],
        "conditions": [],
        "delegations": [],
        "fulfilments": fulfilments,
    }
    for table in load_tables(DUTY_TABLES):
        name = table.file.removesuffix(".csv")
        if name in own:
            with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, [column.name for column in table.columns], lineterminator="\n")
                writer.writeheader()
                writer.writerows(own[name])
    return folder


def make_city(home: Path, local: str, base: str, *folders: Path) -> None:
    """Take tables into the store of a city."""
    settings = read_settings({}, store=str(home / "stores" / local), base=base)
    with Workspace(settings) as workspace:
        for folder in folders:
            workspace.import_folder(folder, source_id=folder.name)


def make_cities(home: Path) -> Path:
    """Make five cities, one of them empty and one broken, and return the file of their register."""
    make_city(home, "aachen", AACHEN_BASE, AACHEN, DUTIES)
    claimed = {"id": "f1", "duty": "D04", "plan": "p2", "state": "bestätigt", "by": "Rat", "on": "2025-01-01"}
    make_city(
        home,
        "musterstadt",
        MUSTER,
        write_tables(home / "in" / "muster", MUSTERSTADT),
        write_duties(home / "in" / "duties", "Stadt Musterstadt", [claimed]),
    )
    make_city(home, "beispielheim", HEIM, write_tables(home / "in" / "heim", BEISPIELHEIM))
    broken = home / "stores" / "kaputt"
    broken.mkdir(parents=True)
    (broken / "planwerk.json").write_text('{"format": 1, "base": "https://anders.example/"}', "utf-8")
    file = home / "cities.json"
    file.write_text(json.dumps(REGISTER, ensure_ascii=False, indent=2), "utf-8")
    return file
