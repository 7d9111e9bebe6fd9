"""Which column of which table takes which field of a record."""

from __future__ import annotations

from collections.abc import Mapping

DATES: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "decided_on": "adopted_on",
        "planned_on": "planned_on",
    },
    "goals": {"deadline": "deadline"},
    "instruments": {"since": "since", "valid_from": "since", "valid_to": "until"},
}
TEXTS: Mapping[str, Mapping[str, str]] = {
    "plans": {"legal_basis": "legal_basis", "summary": "summary_de"},
    "goals": {"unit": "unit"},
    "instruments": {"summary": "summary_de"},
}
CODES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "plans": {"kind": ("kind", "plan-kind"), "status": ("status", "plan-status")},
    "goals": {"kind": ("kind", "goal-kind")},
    "measures": {"status": ("status", "measure-status")},
    "instruments": {"type": ("type", "instrument-type"), "status": ("status", "instrument-status")},
}
#: Field of a record -> (column, table whose things it names, whether the column takes several).
NAMED: Mapping[str, Mapping[str, tuple[str, str, bool]]] = {
    "plans": {
        "lead_department": ("lead_department", "departments", False),
        "participating": ("participating", "departments", True),
        "topics": ("topics", "topics", True),
        "areas": ("areas", "areas", True),
        "target_groups": ("target_groups", "target_groups", True),
        "series": ("series", "series", False),
        "decided_by": ("adopted_by", "bodies", False),
    },
    "goals": {
        "topics": ("topics", "topics", True),
        "target_groups": ("target_groups", "target_groups", True),
        "areas": ("areas", "areas", True),
    },
    "measures": {"responsible": ("responsible", "departments", False), "areas": ("area", "areas", False)},
    "instruments": {
        "department": ("department", "departments", True),
        "topics": ("topics", "topics", True),
        "target_groups": ("target_groups", "target_groups", True),
    },
}
#: Lists in a plan's own row -> how their rows point back to the plan.
BELOW: Mapping[str, str] = {
    "goals": "plan",
    "measures": "plan",
    "indicators": "plan",
    "instruments": "plans",
    "data_sources": "used_by_plans",
}
#: What a note calls a field.
GERMAN: Mapping[str, str] = {
    "valid_from": "Beginn",
    "valid_to": "Ende",
    "decided_on": "Beschluss",
    "status": "Stand",
}

FACETS: Mapping[str, tuple[str, ...]] = {
    "lead_department": ("Federführung",),
    "status": ("Stand",),
    "period": ("Beginn", "Ende"),
    "valid_from": ("Beginn",),
    "valid_to": ("Ende",),
    "decided_on": ("Beschluss",),
    "target_groups": ("Zielgruppen",),
    "topics": ("Themen",),
    "areas": ("Räume",),
    "goals": ("Ziele",),
    "indicators": ("Kennzahlen",),
    "measures": ("Maßnahmen und Instrumente",),
    "participating": ("Beteiligte",),
    "legal_basis": ("Rechtsgrundlage",),
}
"""What a cell of a plan may say that it has none of, as the table of facets calls it."""
EMPTY_KINDS: Mapping[str, str] = {
    "none": "gibt es nicht",
    "notAsked": "nicht gefragt",
    "unknown": "unbekannt",
}
"""The kinds of empty as the code list words them."""
