"""What a column or a sheet can be taken for, in words, for a person to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.text import Text

#: What a sheet can hold.
KINDS: Mapping[str, Text] = {
    "plans": Text("Planwerke", "plans"),
    "goals": Text("Ziele", "goals"),
    "measures": Text("Maßnahmen", "measures"),
    "instruments": Text("Steuerungsinstrumente", "steering instruments"),
    "indicators": Text("Kennzahlen", "indicators"),
    "departments": Text("Dienststellen (Legende)", "units (legend)"),
    "ignore": Text("nicht übernehmen", "do not take in"),
}
#: What a column can hold.
FIELDS: Mapping[str, Text] = {
    "title": Text("Titel", "title"),
    "number": Text("laufende Nummer", "running number"),
    "id": Text("Kennung", "id"),
    "abbreviation": Text("Kürzel", "abbreviation"),
    "name": Text("Name der Stelle", "name of the unit"),
    "kind": Text("Art", "kind"),
    "lead_department": Text("Federführung", "lead"),
    "participating": Text("Beteiligte", "participating units"),
    "department": Text("Dienststelle", "unit"),
    "responsible": Text("zuständig", "responsible"),
    "status": Text("Stand", "status"),
    "period": Text("Laufzeit", "period"),
    "valid_from": Text("gilt von", "valid from"),
    "valid_to": Text("gilt bis", "valid to"),
    "since": Text("seit", "since"),
    "until": Text("bis", "until"),
    "decided_on": Text("Beschlussdatum", "date of decision"),
    "planned_on": Text("Beschluss geplant", "decision planned"),
    "decided_by": Text("beschlossen von", "decided by"),
    "paper": Text("Vorlage", "council paper"),
    "legal_basis": Text("Rechtsgrundlage", "legal basis"),
    "topics": Text("Themen", "topics"),
    "areas": Text("Räume", "areas"),
    "target_groups": Text("Zielgruppen", "target groups"),
    "plan": Text("Planwerk", "plan"),
    "plans": Text("Planwerke", "plans"),
    "goals": Text("Ziele", "goals"),
    "measures": Text("Maßnahmen", "measures"),
    "indicators": Text("Kennzahlen", "indicators"),
    "indicator": Text("Kennzahl", "indicator"),
    "instruments": Text("Steuerungsinstrumente", "steering instruments"),
    "data_sources": Text("Datenquellen", "data sources"),
    "target_value": Text("Zielwert", "target value"),
    "unit": Text("Einheit", "unit of measure"),
    "deadline": Text("Frist", "deadline"),
    "type": Text("Art des Instruments", "type of instrument"),
    "summary": Text("Kurzbeschreibung", "summary"),
    "series": Text("Reihe", "series"),
    "cycle": Text("Turnus", "cycle"),
    "cost": Text("Kosten", "cost"),
    "contact": Text("Ansprechperson (wird nie gespeichert)", "contact person (never stored)"),
    "confirmed_on": Text("zuletzt bestätigt", "last confirmed"),
    "source": Text("Quelle", "source"),
    "note": Text("Anmerkung", "note"),
}
#: Why a row is in its class, in a word.
CLASSES: Mapping[str, Text] = {
    "plan": Text("Planwerk", "plan"),
    "goal": Text("Ziel", "goal"),
    "measure": Text("Maßnahme", "measure"),
    "instrument": Text("Instrument", "instrument"),
    "duplicate": Text("Doppelung", "duplicate"),
    "section": Text("Zwischenüberschrift", "section"),
    "header": Text("Kopfzeile", "header"),
    "total": Text("Summe", "total"),
    "footnote": Text("Fußnote", "footnote"),
    "empty": Text("leer", "empty"),
    "legend": Text("Legende", "legend"),
    "hidden": Text("ausgeblendet", "hidden"),
    "superseded": Text("überholt", "superseded"),
    "other": Text("anderes", "other"),
}
