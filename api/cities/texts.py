"""Every word of the pages about several cities in German and English, by key; ``{…}`` takes a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

CITY_TEXTS: Mapping[str, Text] = {
    "cities.all": Text("Alle Städte", "All cities"),
    "cities.title": Text("Planwerke vieler Städte", "Plans of many cities"),
    "cities.lead": Text(
        "Jede Stadt hat ihren eigenen Bestand und ihre eigenen Seiten. Hier stehen sie nebeneinander.",
        "Each city has its own inventory and its own pages. Here they stand side by side.",
    ),
    "cities.cities": Text("Städte", "Cities"),
    "cities.city": Text("Stadt", "City"),
    "cities.region": Text("Region", "Region"),
    "cities.every_region": Text("alle Regionen", "all regions"),
    "cities.no_region": Text("Ohne Region", "Without region"),
    "cities.in_region": Text("Region {name}", "Region {name}"),
    "cities.show": Text("Anzeigen", "Show"),
    "cities.plans": Text("Planwerke", "Plans"),
    "cities.goals": Text("Ziele", "Goals"),
    "cities.sources": Text("Quellen", "Sources"),
    "cities.duties": Text("Pflichten", "Duties"),
    "cities.changed": Text("Letzte Änderung", "Last change"),
    "cities.complete": Text("Planwerke vollständig", "Plans complete"),
    "cities.complete_by": Text("erklärt von: {by}, {day}", "declared by: {by}, {day}"),
    "cities.not_declared": Text("nicht erklärt", "not declared"),
    "cities.empty": Text("noch nichts erfasst", "nothing recorded yet"),
    "cities.unreadable": Text("nicht lesbar", "not readable"),
    "cities.left_out": Text(
        "{n} Zeilen sprechen nicht von Dingen dieser Stadt und nehmen hier nicht teil.",
        "{n} lines do not speak of things of this city and take no part here.",
    ),
    "cities.troubled": Text("Diese Städte fehlen hier", "These cities are missing here"),
    "cities.page": Text("Seite {n} von {of}", "Page {n} of {of}"),
    "cities.pages": Text("Seiten", "Pages"),
    "cities.before": Text("Zurück", "Back"),
    "cities.after": Text("Weiter", "Next"),
    "cities.across": Text("Über die Städte hinweg", "Across the cities"),
    "cities.register_wrong": Text(
        "Das Verzeichnis der Städte wurde geändert und ist so nicht lesbar; was vorher darin stand, gilt weiter. "
        "Den Grund nennen /health und das Protokoll des Servers.",
        "The register of cities was changed and cannot be read as it is; what it said before goes on. "
        "/health and the log of the server say why.",
    ),
    "cities.more": Text("  und {n} weitere, siehe Startseite", "  and {n} more, see the start page"),
    "cities.one": Text("1 Stadt", "1 city"),
    "cities.name": Text("Name der Stadt", "Name of the city"),
    "cities.choose": Text("Städte auswählen", "Choose cities"),
    "cities.none_named": Text(
        "Keine Stadt heißt so. Ein Teil des Namens genügt.",
        "No city is called that. Part of its name is enough.",
    ),
    "cities.files_hold_all": Text("Die Dateien enthalten alle Zeilen:", "The files hold all rows:"),
    "cities.count": Text("{n} Städte", "{n} cities"),
    "cities.none": Text("Hier ist keine Stadt verzeichnet.", "No city is registered here."),
    "cities.table": Text("Städte mit Zahlen", "Cities with numbers"),
    "cities.no_ranking": Text(
        "Die Zahlen sind keine Rangfolge: Die Städte sind verschieden groß und verschieden weit erhoben. "
        "Viele Hinweise können heißen, dass gründlich erhoben wurde.",
        "The numbers are no ranking: cities differ in size and in how far they have been surveyed. "
        "Many findings can mean that the survey was thorough.",
    ),
    "cities.findings": Text("Hinweise je Stadt", "Findings by city"),
    "cities.findings_lead": Text(
        "Zahl der Hinweise je Regel am {day}, wie die Seite der Stadt sie zeigt. Jede Zahl führt dorthin.",
        "Number of findings by rule on {day}, as the pages of the city show them. Each number leads there.",
    ),
    "cities.findings_hint": Text(
        "Überschneidungen und Lücken, Zahlen je Stadt", "overlaps and gaps, numbers by city"
    ),
    "cities.decided": Text("entschieden", "decided"),
    "cities.looked": Text("Betrachtet", "Looked at"),
    "cities.of": Text("{n} von {of}", "{n} of {of}"),
    "cities.coverage": Text("Was betrachtet wurde", "What was looked at"),
    "cities.duties_title": Text("Planungspflichten im Vergleich", "Planning duties compared"),
    "cities.duties_lead": Text(
        "Jede Pflicht in jeder Stadt am {day}: erfüllt, offen, nicht bekannt, nicht beurteilt.",
        "Each duty in each city on {day}: fulfilled, open, not known, not judged.",
    ),
    "cities.duties_hint": Text(
        "welche Pflicht wo erfüllt, offen oder nicht bekannt ist",
        "which duty is fulfilled, open or not known where",
    ),
    "cities.duty": Text("Pflicht", "Duty"),
    "cities.duties_none": Text(
        "In keiner dieser Städte sind Planungspflichten erfasst.",
        "No planning duties are recorded in any of these cities.",
    ),
    "cities.legend": Text("Was die Wörter heißen", "What the words mean"),
    "cities.questions": Text("Fragen an mehrere Städte", "Questions to several cities"),
    "cities.questions_lead": Text(
        "Gefragt wird alles, was die Städte erfasst haben. Was eine Stadt nicht erfasst hat, kann es dort trotzdem geben.",
        "Asked is all that the cities have recorded. What a city has not recorded may exist there all the same.",
    ),
    "cities.questions_hint": Text(
        "wer einen Plan dieser Art hat, welche Ziele wiederkehren",
        "who has a plan of a kind, which goals recur",
    ),
    "cities.in_turn": Text("Fragen an jede Stadt einzeln", "Questions to each city in turn"),
    "cities.in_turn_hint": Text(
        "Die Fragen der Seiten einer Stadt, den Städten einer Region nacheinander gestellt; jede Zeile nennt ihre Stadt.",
        "The questions of the pages of a city, put to the cities of a region one by one; each row names its city.",
    ),
    "cities.goals_like": Text(
        "Welche Städte haben ein Ziel wie dieses?", "Which cities have a goal like this?"
    ),
    "cities.goals_like_lead": Text(
        "Wortlaut eines Ziels eingeben: Gezeigt werden je Stadt bis zu {n} erfasste Ziele, die kennzeichnende Wörter mit "
        "ihm teilen, die ähnlichsten zuerst.",
        "Enter the wording of a goal: shown are up to {n} recorded goals of each city that share telling words with it, "
        "the most similar first.",
    ),
    "cities.goals_hint": Text(
        "ein Vorschlag nach gemeinsamen Wörtern, auch bei anderem Wortlaut",
        "a suggestion by shared words, in other wordings too",
    ),
    "cities.goals_found": Text("Städte mit einem ähnlichen Ziel: {n}", "Cities with a similar goal: {n}"),
    "cities.suggestion": Text("Vorschlag", "suggestion"),
    "cities.same_wording": Text("gleicher Wortlaut", "same wording"),
    "cities.which": Text("Welche", "Which"),
    "cities.goals_without": Text("Ohne ähnliches Ziel", "Without a similar goal"),
    "cities.goals_without_hint": Text(
        "Keines ihrer erfassten Ziele teilt kennzeichnende Wörter mit dem Text. Dasselbe kann mit anderen Worten da stehen.",
        "None of their recorded goals shares telling words with the text. The same may stand there in other words.",
    ),
    "cities.goals_none": Text("Noch keine Ziele erfasst", "No goals recorded yet"),
    "cities.goals_none_hint": Text("Daraus folgt nichts.", "Nothing follows from that."),
    "cities.any": Text("alle", "any"),
    "cities.search": Text("Suche in allen Städten", "Search in all cities"),
    "cities.search_go": Text("Suchen", "Search"),
    "cities.search_empty": Text("Bitte ein Suchwort eingeben.", "Please enter a word to search for."),
    "cities.search_none": Text(
        "Nichts gefunden. Weniger oder kürzere Wörter helfen.", "Nothing found. Fewer or shorter words help."
    ),
    "cities.search_total": Text("{n} Treffer in {of} Städten", "{n} hits in {of} cities"),
    "cities.search_cut": Text(
        "Es gibt mehr als {n} Treffer; gezeigt sind die ersten. Ein weiteres Wort grenzt sie ein.",
        "There are more than {n} hits; the first are shown. One more word narrows them down.",
    ),
    "cities.hint": Text(
        "Was hier fehlt, muss nicht fehlen: Leer heißt, dass die Stadt es nicht erfasst hat.",
        "What is missing here need not be missing: empty means that the city has not recorded it.",
    ),
    "told.has": Text("hat eines", "has one"),
    "told.none": Text("keines (vollständig erfasst)", "none (completely recorded)"),
    "told.notRecorded": Text("nicht erfasst", "not recorded"),
    "told.empty": Text("noch kein Planwerk erfasst", "no plan recorded yet"),
}
