"""From a review to the store: what is certain is stored with its place, what is asked is not, and changes are told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from api.settings import read_settings
from api.taking_in.workbook import SheetRefused, TakenIn, take_review
from api.workspace import Workspace
from graph.errors import IntakeError, Text
from graph.intake.sheets.corrections import Settled, merged, read_settled, recall, remember, settled_from_json
from graph.intake.sheets.known import Corrections
from graph.intake.sheets.review import (
    ColumnFound,
    Duplicate,
    Problem,
    Question,
    Record,
    Review,
    SheetFound,
    Where,
    question_id,
)
from graph.store.reading import read_statements

WHY = Text("Überschrift.", "Heading.")
BASE = "https://w3id.org/planwerk/id/"
AACHEN = Path(__file__).parents[2] / "data" / "aachen"


def plan(row: int, title: str, **values: Any) -> Record:
    """A plan in a row of the sheet Bestand; what begins with an underscore is not a value but a part of the record."""
    parts = {name[1:]: values.pop(name) for name in list(values) if name.startswith("_")}
    raw = {"Titel": title, **parts.pop("raw", {})}
    return Record("plans", Where("Bestand", row), {"title": title, **values}, raw, **parts)


def review(*plans: Record, **more: Any) -> Review:
    """A review of one sheet with the columns Titel (A) and FF (B)."""
    columns = tuple(
        ColumnFound(letters, heading, "plans", name, 1.0, WHY)
        for letters, heading, name in (
            ("A", "Titel", "title"),
            ("B", "FF", "lead_department"),
            ("C", "Kontakt", "contact"),
        )
    )
    found = Review("Bestand 2025.xlsx", **more)
    found.sheets = [SheetFound("Bestand", "plans", WHY, (1,), "rows", columns)]
    found.records["plans"] = list(plans)
    return found


def question(kind: str, text: str, row: int, column: str = "", guess: str = "") -> Question:
    sentence = Text(f"Was ist „{text}“?", f"What is “{text}”?")
    return Question(question_id(kind, text), kind, sentence, guess, (), Where("Bestand", row, column))


def store(workspace: Workspace, found: Review, day: str = "2025-03-01", **more: Any) -> TakenIn:
    return take_review(workspace, found, "bestand", more.pop("settled", Settled()), day=day, **more)


def said(workspace: Workspace, source: str = "bestand") -> dict[tuple[str, str], set[str]]:
    """Values by (local id, property name) of what the workbook said."""
    found: dict[tuple[str, str], set[str]] = {}
    for s in read_statements(workspace.files.paths()):
        if s.source == f"{BASE}source/{source}":
            key = (s.subject.removeprefix(BASE), s.predicate.rpartition("#")[2].rpartition("/")[2])
            found.setdefault(key, set()).add(s.value.removeprefix(BASE))
    return found


class TestWhatIsStored:
    def test_the_three_kinds_of_empty_are_kept_apart_and_a_value_wins(self, workspace):
        empties = {
            "target_groups": "none",
            "goals": "unknown",
            "decided_on": "notAsked",
            "valid_from": "unknown",
        }
        store(workspace, review(plan(2, "Sozialplan", valid_from="2015", _empties=empties)))
        kinds = {
            subject.rpartition("/")[2]: value
            for (subject, name), values in said(workspace).items()
            for value in values
            if name == "emptyKind"
        }
        assert {facet: kind.rpartition("#")[2] for facet, kind in kinds.items()} == {
            "Zielgruppen": "none",
            "Ziele": "unknown",
            "Beschluss": "notAsked",
        }

    def test_a_plan_stands_in_the_source_of_the_workbook_with_its_place_and_wording(self, workspace):
        store(
            workspace,
            review(plan(7, "Sportplan", lead_department="FB 52", valid_from="2019-07", _raw={"FF": "FB 52"})),
        )
        held = said(workspace)
        assert held["p-sportplan", "prefLabel"] == {"Sportplan"}
        assert held["p-sportplan", "validFrom"] == {"2019-07"}
        assert held["p-sportplan", "leadUnit"] == {"dep-fb-52"}
        assert held["p-sportplan", "place"] == {"Bestand, Zeile 7"}
        assert held["p-sportplan", "asTyped"] == {"A7 Titel: Sportplan\nB7 FF: FB 52"}

    def test_the_workbook_is_one_source_with_its_day_and_never_a_path(self, workspace):
        store(workspace, review(plan(2, "Sportplan")))
        assert list(workspace.files.paths()) == [f"{BASE}source/bestand"]
        held = said(workspace)
        assert held["source/bestand", "date"] == {"2025-03-01"}
        assert held["source/bestand", "prefLabel"] == {"Tabelle Bestand 2025.xlsx"}
        network = workspace.network()
        assert network.value(f"{BASE}source/bestand", "sourceKind") == "Tabelle"

    def test_things_of_the_graph_are_meant_where_the_name_is_the_same(self, aachen_store):
        store(
            aachen_store,
            review(
                plan(2, "Vision Mobilität 2050", lead_department="FB 61", target_groups=["kinder", "Drachen"])
            ),
        )
        held = said(aachen_store)
        assert held["p-vm50", "leadUnit"] == {"dep-fb61"}
        assert held["p-vm50", "targetGroup"] == {"tg-kinder", "tg-drachen"}
        assert ("dep-fb61", "prefLabel") not in held
        assert held["tg-drachen", "prefLabel"] == {"Drachen"}

    def test_a_planned_decision_is_no_decision(self, workspace):
        store(
            workspace,
            review(
                plan(
                    2,
                    "Sportplan",
                    planned_on="2026-03",
                    valid_from="2027",
                    _modalities={"valid_from": "planned"},
                )
            ),
        )
        held = said(workspace)
        assert held["p-sportplan", "plannedOn"] == {"2026-03"}
        assert ("p-sportplan", "decidedOn") not in held
        assert ("p-sportplan", "validFrom") not in held
        assert held["p-sportplan", "note"] == {"Beginn geplant: 2027"}

    def test_two_values_stay_two_values(self, workspace):
        store(
            workspace,
            review(plan(2, "Sportplan", valid_from="2006", _differing={"valid_from": ["2006", "2005"]})),
        )
        held = said(workspace)
        assert held["p-sportplan", "validFrom"] == {"2006"}
        assert held["p-sportplan", "note"] == {"Beginn, weitere Angabe: 2005"}

    def test_names_of_persons_are_never_stored(self, workspace):
        raw = {"FF": "Frau Müller, FB 45", "Kontakt": "Meier, -1234"}
        store(
            workspace,
            review(
                plan(2, "Sportplan", lead_department="FB 45", note="Rückfrage: Herr Dr. Schmidt", _raw=raw)
            ),
        )
        everything = "".join(path.read_text("utf-8") for path in workspace.files.paths().values())
        assert not [name for name in ("Müller", "Meier", "Schmidt") if name in everything]
        assert said(workspace)["p-sportplan", "asTyped"] == {"A2 Titel: Sportplan\nB2 FF: [Person], FB 45"}

    def test_a_legend_gives_new_units_their_names(self, workspace):
        found = review(plan(2, "Sportplan", lead_department="FB 52"))
        legend = {"abbreviation": "FB 52", "name": "Fachbereich Sport"}
        found.records["departments"] = [Record("departments", Where("Legende", 3), legend)]
        store(workspace, found)
        held = said(workspace)
        assert held["p-sportplan", "leadUnit"] == {"dep-fb-52"}
        assert (held["dep-fb-52", "prefLabel"], held["dep-fb-52", "identifier"]) == (
            {"Fachbereich Sport"},
            {"FB 52"},
        )

    def test_goals_and_instruments_of_a_row_belong_to_its_plan(self, workspace):
        store(
            workspace,
            review(
                plan(2, "Sportplan", goals=["Sport für alle"], instruments=["Sportbeirat"]),
                plan(3, "Bäderplan", goals=["Sport für alle"], instruments=["Sportbeirat"]),
            ),
        )
        held = said(workspace)
        assert held["p-sportplan", "pursues"] == {"g-sportplan-sport-fuer-alle"}
        assert held["p-baederplan", "pursues"] == {"g-baederplan-sport-fuer-alle"}
        assert held["i-sportbeirat", "steers"] == {"p-sportplan", "p-baederplan"}

    def test_goals_of_a_sheet_of_their_own_find_their_plan_by_its_name(self, workspace):
        found = review(plan(2, "Sportplan"))
        found.records["goals"] = [
            Record(
                "goals",
                Where("Ziele", 2),
                {"title": "Mehr Sport", "plan": "sportplan", "target_value": "12,5"},
            ),
            Record("goals", Where("Ziele", 3), {"title": "Weniger Lärm", "plan": "Lärmplan"}),
        ]
        taken = store(workspace, found)
        assert said(workspace)["g-sportplan-mehr-sport", "targetValue"] == {"12.5"}
        assert ("g-laermplan-weniger-laerm", "prefLabel") not in said(workspace)
        assert [p.where.row for p in taken.review.problems] == [3, 3]

    def test_editions_are_linked_later_to_earlier(self, workspace):
        found = review(
            plan(2, "Integrationskonzept 2006"),
            plan(3, "Integrationskonzept 2018", successor_of="Integrationskonzept 2006"),
        )
        found.duplicates = [
            Duplicate(
                "edition",
                ("Integrationskonzept 2006", "Integrationskonzept 2018"),
                WHY,
                (Where("Bestand", 2), Where("Bestand", 3)),
            )
        ]
        store(workspace, found)
        (link,) = workspace.network().links_from(f"{BASE}p-integrationskonzept-2018", "folgt_auf")
        assert link.target == f"{BASE}p-integrationskonzept-2006"

    def test_the_same_things_said_again_give_the_same_store(self, workspace):
        found = [plan(2, "Sportplan", lead_department="FB 52", goals=["Mehr Sport"]), plan(3, "Bäderplan")]
        first = store(workspace, review(*found))
        again = store(workspace, review(*found))
        assert again.imported.commit.id == first.imported.commit.id
        assert again.imported.commit.sources == {}
        assert again.changes == ()


class TestWhatIsNotStored:
    def test_a_value_that_is_asked_stays_out_and_is_told(self, workspace):
        found = review(
            plan(2, "Sportplan", lead_department="Soz."), plan(9, "Bäderplan", lead_department="Soz.")
        )
        found.questions = [question("unit", "Soz.", 2, "B", guess="FB 56")]
        taken = store(workspace, found)
        held = said(workspace)
        assert ("p-sportplan", "leadUnit") not in held
        assert ("p-baederplan", "leadUnit") not in held
        assert [(p.code, p.where.row) for p in taken.review.problems] == [("left-out", 2), ("left-out", 9)]
        assert "Soz." in taken.review.problems[0].text.de

    def test_a_record_that_is_asked_stays_out_as_a_whole(self, workspace):
        found = review(plan(2, "Sportplan"), plan(3, "Sport-Plan"))
        found.questions = [question("same-plan", "Sport-Plan", 3)]
        taken = store(workspace, found)
        assert [node.removeprefix(BASE) for node in workspace.network().of_type("Plan")] == ["p-sportplan"]
        assert len(taken.review.problems) == 1

    def test_a_status_that_is_on_no_list_stays_out(self, workspace):
        taken = store(
            workspace, review(plan(2, "Sportplan", status="schläft"), plan(3, "Bäderplan", status="gültig"))
        )
        assert ("p-sportplan", "status") not in said(workspace)
        assert ("p-baederplan", "status") in said(workspace)
        assert "schläft" in taken.review.problems[0].text.de

    def test_an_error_refuses_the_whole_workbook_and_changes_nothing(self, workspace):
        store(workspace, review(plan(2, "Sportplan")))
        before = workspace.snapshot()
        found = review(plan(2, "Neuer Plan"))
        found.problems = [Problem("error", "too-many", Text("Zu viel.", "Too much."), Where("Bestand", 5))]
        with pytest.raises(SheetRefused) as refused:
            store(workspace, found, settled=Settled(Corrections(answers={"q-1": "x"})))
        assert [p.message.de for p in refused.value.problems] == ["Blatt „Bestand“, Zeile 5: Zu viel."]
        assert workspace.snapshot() == before
        assert recall(workspace.files.folder, "bestand").corrections.answers == {}

    def test_a_dry_run_changes_nothing_and_tells_what_would_be(self, workspace):
        taken = store(workspace, review(plan(2, "Sportplan")), dry_run=True)
        assert workspace.is_empty
        assert not (workspace.files.folder / "corrections").exists()
        assert [change.text.de for change in taken.changes] == ["Neu: „Sportplan“ (Planwerke)."]

    def test_the_id_of_another_source_is_refused(self, aachen_store, tmp_path):
        before = aachen_store.snapshot()
        (tmp_path / "aachen.csv").write_text("Nr.;Titel;Federführung\n1;Sportplan;FB 52\n", "utf-8")
        with pytest.raises(IntakeError, match="gehört schon einer anderen Quelle"):
            aachen_store.import_workbook(tmp_path / "aachen.csv")
        assert aachen_store.snapshot() == before


class TestTheNextDelivery:
    def test_changes_are_told_field_by_field_in_names(self, aachen_store):
        one = plan(2, "Sportplan", lead_department="FB 52", valid_to="2024", legal_basis="GO NRW")
        store(aachen_store, review(one, plan(3, "Bäderplan")))
        other = plan(2, "Sportplan", lead_department="FB 56", valid_from="2019")
        taken = store(aachen_store, review(other, plan(4, "Eisplan")), day="2026-03-01")
        units = {
            node.removeprefix(BASE): aachen_store.network().label(node)
            for node in aachen_store.network().of_type("OrganizationalUnit")
        }
        assert [change.text.de for change in taken.changes] == [
            "Neu: „Eisplan“ (Planwerke).",
            "Entfallen: „Bäderplan“ (Planwerke).",
            f"„Sportplan“, Federführung: {units['dep-fb52']} → {units['dep-fb56']}.",
            "„Sportplan“, Gilt von: neu 2019.",
            "„Sportplan“, Gilt bis: entfallen, bisher 2024.",
            "„Sportplan“, Rechtsgrundlage: entfallen, bisher GO NRW.",
        ]
        assert not taken.is_first

    def test_a_retitled_plan_that_was_confirmed_keeps_its_id(self, workspace):
        store(workspace, review(plan(2, "Sportplan")))
        taken = store(workspace, review(plan(2, "Sport- und Bewegungsplan", _id="p-sportplan")))
        assert [change.text.de for change in taken.changes] == [
            "„Sport- und Bewegungsplan“, Titel: Sportplan → Sport- und Bewegungsplan."
        ]
        again = store(workspace, review(plan(2, "Sport- und Bewegungsplan")))
        assert again.changes == ()

    def test_what_only_the_last_delivery_said_is_said_again(self, workspace):
        store(workspace, review(plan(2, "Sportplan", lead_department="FB 52", target_groups=["Kinder"])))
        taken = store(
            workspace, review(plan(2, "Sportplan", lead_department="FB 52", target_groups=["Kinder"]))
        )
        assert taken.changes == ()
        assert said(workspace)["dep-fb-52", "prefLabel"] == {"FB 52"}

    def test_corrections_are_remembered_for_the_source(self, workspace):
        given = Settled(Corrections(aliases={"units": {"Soz.": "dep-fb56"}}, answers={"q-1": "ja"}))
        store(workspace, review(plan(2, "Sportplan")), settled=given)
        held = recall(workspace.files.folder, "bestand")
        assert held.corrections.aliases == {"units": {"Soz.": "dep-fb56"}}
        assert held.corrections.answers == {"q-1": "ja"}
        assert held.ids["plans"] == {"sportplan": "p-sportplan"}


class TestCorrections:
    def test_the_later_go_before_the_earlier(self):
        one = settled_from_json(
            {"columns": {"A": {"Amt": "lead_department", "Nr": None}}, "answers": {"q": "a"}}, "m.json"
        )
        other = settled_from_json({"columns": {"A": {"Amt": "contact"}}, "answers": {"q": "b"}}, "m.json")
        both = merged(one, other).corrections
        assert both.columns == {"A": {"Amt": "contact", "Nr": None}}
        assert both.answers == {"q": "b"}

    def test_what_is_remembered_comes_back_whole(self, tmp_path):
        given = settled_from_json(
            {
                "sheets": {"Blatt 1": "plans"},
                "rows": {"*": {"Summe": "total"}},
                "ids": {"plans": {"sep": "p-sep"}},
            },
            "m.json",
        )
        remember(tmp_path, "amt/50", given)
        assert [path.name for path in (tmp_path / "corrections").iterdir()] == ["amt%2F50.json"]
        assert recall(tmp_path, "amt/50") == given

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[1]", "muss ein JSON-Objekt mit Namen sein"),
            ("{", "ist kein JSON in UTF-8"),
            ('{"spalten": {}}', "„spalten“ gibt es in einer Zuordnung nicht"),
            ('{"colums": {}}', "Ist „columns“ gemeint?"),
            ('{"columns": {"A": []}}', "„columns.A“ muss ein JSON-Objekt mit Namen sein"),
            ("\ud800", "ist kein JSON in UTF-8"),
        ],
    )
    def test_a_mapping_of_another_shape_is_refused_with_a_sentence(self, tmp_path, text, sentence):
        path = tmp_path / "m.json"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with pytest.raises(IntakeError) as refused:
            read_settled(path)
        assert sentence in refused.value.text.de


@pytest.fixture(scope="module")
def aachen_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("aachen-import") / "store"
    with Workspace(read_settings({}, store=str(folder))) as made:
        made.import_folder(AACHEN)
    return folder


@pytest.fixture
def aachen_store(aachen_text: Path, tmp_path: Path):
    """A store of its own with Aachen's tables, to write into."""
    shutil.copytree(aachen_text, tmp_path / "aachen")
    with Workspace(read_settings({}, store=str(tmp_path / "aachen"))) as made:
        yield made


def test_the_memory_is_plain_json_for_people(workspace):
    store(workspace, review(plan(2, "Sportplan")))
    path = workspace.files.folder / "corrections" / "bestand.json"
    assert json.loads(path.read_text("utf-8"))["ids"]["plans"] == {"sportplan": "p-sportplan"}
