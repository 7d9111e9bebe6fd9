"""The words around a picture, in both languages, and the outlines of the shapes that stand for kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

#: SVG paths within a circle of radius one; canvas, legend and SVG file draw the same outlines.
SHAPES: Mapping[str, str] = {
    "dot": "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
    "square": "M-.88-.88H.88V.88H-.88Z",
    "box": "M-1.15-.62H1.15V.62H-1.15Z",
    "diamond": "M0-1.15L1.15 0L0 1.15L-1.15 0Z",
    "triangle": "M0-1.05L1.1.85H-1.1Z",
    "triangleDown": "M0 1.05L-1.1-.85H1.1Z",
    "hexagon": "M-1.08 0L-.54-.94H.54L1.08 0L.54.94H-.54Z",
    "star": "M0-1.15L.28-.38L1.1-.36L.45.15L.68.93L0 .47L-.68.93L-.45.15L-1.1-.36L-.28-.38Z",
}

TEXTS: Mapping[str, Text] = {
    "as_of": Text("Stand", "As of"),
    "language": Text("Sprache", "Language"),
    "search": Text("Suchen", "Search"),
    "hits": Text("Treffer", "Hits"),
    "kinds": Text("Arten", "Kinds"),
    "styles": Text("Linien", "Lines"),
    "zoom": Text("Ausschnitt", "View"),
    "zoom_in": Text("Größer", "Zoom in"),
    "zoom_out": Text("Kleiner", "Zoom out"),
    "zoom_all": Text("Alles", "All"),
    "picture": Text(
        "Bild: Knoten in Bahnen, von links nach rechts zu lesen",
        "Picture: nodes in lanes, read from left to right",
    ),
    "bars": Text("Laufzeiten als Balken, nach Federführung", "Periods as bars, by lead"),
    "shares": Text("Begriffe, die Planwerke teilen", "Concepts that plans share"),
    "areas": Text(
        "Räume und was von ihnen spricht, nach Raumgliederung",
        "Areas and what speaks of them, by spatial frame",
    ),
    "area": Text("Raum", "Area"),
    "count_plans": Text("Planwerke", "Plans"),
    "count_goals": Text("Ziele", "Goals"),
    "count_measures": Text("Maßnahmen", "Measures"),
    "which_plans": Text("Welche Planwerke", "Which plans"),
    "concept": Text("Begriff", "Concept"),
    "says_own": Text("nennt es selbst", "says so itself"),
    "says_below": Text("über ein Ziel oder etwas Engeres", "by a goal or something narrower"),
    "plan": Text("Planwerk", "Plan"),
    "period": Text("Zeitraum", "Period"),
    "last_year": Text("letztes Jahr: Zeit zur Fortschreibung", "last year: time to revise"),
    "no_lead": Text("Federführung nicht erfasst", "Lead not recorded"),
    "new": Text("neu", "new"),
    "gone": Text("gilt nicht mehr", "no longer in force"),
    "details": Text("Einzelheiten", "Details"),
    "keys": Text(
        "Tasten im Bild: Pfeile gehen zu Nachbarn, Eingabe öffnet die Einzelheiten, "
        "Escape hebt die Auswahl auf, / sucht, + und - vergrößern und verkleinern, 0 zeigt alles.",
        "Keys in the picture: arrows move to neighbours, Enter opens the details, "
        "Escape clears the selection, / searches, + and - zoom, 0 shows all.",
    ),
    "nothing": Text("Nichts ausgewählt", "Nothing selected"),
    "nothing_hint": Text(
        "Ein Knoten zeigt hier seine Angaben, seinen Beleg und alles, womit er verbunden ist.",
        "A node shows its facts here, its evidence, and all it is linked with.",
    ),
    "chosen": Text("{0}: {1}, {2} Verbindungen", "{0}: {1}, {2} links"),
    "found": Text("{0} Treffer", "{0} hits"),
    "count": Text("{0} Knoten sichtbar", "{0} nodes visible"),
    "only": Text("Nur Verbundenes zeigen", "Show linked nodes only"),
    "all": Text("Wieder alles zeigen", "Show all again"),
    "open": Text("Gruppe öffnen", "Open the group"),
    "around": Text("Umgebung", "Surroundings"),
    "page": Text("Zur Seite", "Open page"),
    "back": Text("Auswahl aufheben", "Clear selection"),
    "source": Text("Beleg", "Evidence"),
    "hidden": Text(
        "Mit {0} weiteren Knoten verbunden, die hier nicht gezeigt sind.",
        "Linked with {0} more nodes not shown here.",
    ),
    "table": Text("Dieselben Angaben als Tabelle", "The same as a table"),
    "caption": Text(
        "Jeder Knoten des Bildes mit allen Verbindungen; die Spaltenköpfe sortieren.",
        "Every node of the picture with all its links; the column heads sort.",
    ),
    "column_kind": Text("Art", "Kind"),
    "column_name": Text("Name", "Name"),
    "column_count": Text("Anzahl", "Count"),
    "column_links": Text("Verbindungen", "Links"),
    "no_script": Text(
        "Das Bild braucht JavaScript und lädt nichts aus dem Netz. Die Tabelle sagt dasselbe.",
        "The picture needs JavaScript and loads nothing from the network. The table says the same.",
    ),
    "too_old": Text(
        "Für das Bild ist dieser Browser zu alt (nötig: Firefox 113, Chrome oder Edge 80, Safari 16.4). "
        "Die Tabelle sagt dasselbe.",
        "This browser is too old for the picture (needed: Firefox 113, Chrome or Edge 80, Safari 16.4). "
        "The table says the same.",
    ),
    "once": Text(
        "Jede Verbindung steht bei dem Eintrag, von dem sie ausgeht.",
        "Each link stands with the entry that it starts from.",
    ),
}
