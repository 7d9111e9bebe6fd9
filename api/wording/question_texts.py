"""What the pages of ready-made questions and of the builder say, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

QUESTION_TEXTS: Mapping[str, Text] = {
    "questions.title": Text("Fertige Fragen", "Ready-made questions"),
    "questions.lead": Text(
        "Jede Frage hat eine Antwort aus dem Bestand, zum Mitnehmen und mit der SPARQL-Abfrage dahinter.",
        "Each question has an answer from the store, to take along, with the SPARQL query behind it.",
    ),
    "questions.build_hint": Text(
        "Keine passt? Eine eigene Frage zusammenklicken:", "None fits? Click a question of your own together:"
    ),
    "questions.groups": Text("Wofür", "What for"),
    "questions.as_rdf": Text("Alle Fragen als RDF (Turtle)", "All questions as RDF (Turtle)"),
    "questions.parameters": Text("Angaben zur Frage", "Details of the question"),
    "questions.ask": Text("Fragen", "Ask"),
    "questions.any": Text("beliebig", "any"),
    "questions.type_name": Text("alle; oder Name, auch ein Teil", "all; or a name, even part of one"),
    "questions.which": Text(
        "Was ist mit „{typed}“ bei „{label}“ gemeint?", "What does “{typed}” mean for “{label}”?"
    ),
    "questions.which_more": Text("und {n} weitere; bitte genauer", "and {n} more; please be more exact"),
    "questions.unknown": Text(
        "Unter „{typed}“ ist bei „{label}“ nichts erfasst. Ein Teil des Namens genügt.",
        "Nothing is recorded under “{typed}” for “{label}”. Part of a name is enough.",
    ),
    "questions.candidates": Text("Möglich sind: {names}.", "Possible are: {names}."),
    "questions.nearest": Text("Ähnlich geschrieben: {names}.", "Spelt alike: {names}."),
    "questions.answer": Text("Antwort", "Answer"),
    "questions.none": Text(
        "Keine Zeile: im Bestand ist dazu nichts erfasst.", "No row: the store holds nothing about this."
    ),
    "questions.empty": Text("Keine Zeile – was das heißt", "No row: what that means"),
    "questions.empty_usual": Text(
        "In den erfassten Quellen steht nichts, das passt. Das heißt nicht, dass es nichts gibt.",
        "The sources recorded say nothing that fits. That does not mean that there is nothing.",
    ),
    "questions.empty_none": Text(
        "Danach wurde gefragt: {what} gibt es bei diesem Planwerk nicht.",
        "This was asked: there is no {what} for this plan.",
    ),
    "questions.empty_notAsked": Text(
        "Danach wurde bei diesem Planwerk nicht gefragt ({what}).",
        "This was not asked for this plan ({what}).",
    ),
    "questions.empty_unknown": Text(
        "Danach wurde gefragt, es ist aber nicht bekannt ({what}).",
        "This was asked, but it is not known ({what}).",
    ),
    "questions.empty_complete": Text(
        "Die Angaben sind für vollständig erklärt: {what} gibt es bei diesem Planwerk nicht.",
        "The record is declared complete: there is no {what} for this plan.",
    ),
    "questions.empty_unstated": Text(
        "Ob es das gibt, sagt keine Quelle ({what}): niemand hat verneint, niemand hat gefragt.",
        "No source says whether there is any ({what}): nobody denied it, nobody asked.",
    ),
    "questions.empty_given": Text("Gefragt war mit: {given}.", "It was asked with: {given}."),
    "questions.empty_without": Text("Ohne diese Angaben: {n} Zeilen", "Without these details: {n} rows"),
    "questions.rows": Text("{n} Zeilen", "{n} rows"),
    "questions.one_row": Text("1 Zeile", "1 row"),
    "questions.cut": Text(
        "Die Antwort ist nach {n} Zeilen abgeschnitten; es gibt mehr. Engere Angaben helfen, oder die Abfrage "
        "mit LIMIT und OFFSET in SPARQL.",
        "The answer is cut after {n} rows; there are more. Narrower details help, or the query with LIMIT and "
        "OFFSET in SPARQL.",
    ),
    "questions.views": Text("Ansichten der Antwort", "Views of the answer"),
    "questions.view.table": Text("Tabelle", "Table"),
    "questions.view.matrix": Text("Matrix", "Matrix"),
    "questions.view.chart": Text("Diagramm", "Chart"),
    "questions.view.picture": Text("Bild", "Picture"),
    "questions.numbers": Text("Die Zahlen als Tabelle", "The numbers as a table"),
    "questions.matrix_of": Text("{row} × {column}", "{row} × {column}"),
    "questions.matrix_cells": Text("In den Feldern: {value}.", "In the cells: {value}."),
    "questions.matrix_count": Text(
        "In den Feldern: wie oft beides zusammentrifft.", "In the cells: how often both meet."
    ),
    "questions.matrix_empty": Text(
        "Ein leeres Feld heißt: dazu ist nichts erfasst; ein Punkt (•): erfasst, ohne nähere Angabe.",
        "An empty cell means that nothing is recorded; a dot (•): recorded, without more.",
    ),
    "questions.matrix_hidden": Text(
        "{n} Zeilen oder Spalten finden keinen Platz; die Tabelle hat alle.",
        "{n} rows or columns find no room; the table has all.",
    ),
    "questions.picture_open": Text("Im Graph ansehen und weitergehen", "See it in the graph and go on"),
    "questions.more_rows": Text(
        "Hier stehen die ersten {n} von {all} Zeilen; die Dateien haben alle. Eine Angabe oben macht die Antwort kürzer.",
        "These are the first {n} of {all} rows; the files have all. A detail above makes the answer shorter.",
    ),
    "questions.empty_columns": Text(
        "In keiner Zeile erfasst und darum hier ohne Spalte:",
        "Recorded in no row and therefore without a column here:",
    ),
    "questions.take": Text("Mitnehmen", "Take along"),
    "questions.link": Text("Adresse dieser Antwort", "Address of this answer"),
    "questions.query": Text("Die Abfrage dahinter (SPARQL)", "The query behind it (SPARQL)"),
    "questions.query_hint": Text(
        "Die Angaben sind eingesetzt. Hier ändern und ausführen; die Antwort kommt auf der Seite SPARQL.",
        "The details are put in. Change it here and run it; the answer comes on the page SPARQL.",
    ),
    "questions.edit": Text("In SPARQL ausführen", "Run in SPARQL"),
    "questions.file_question": Text("Frage", "Question"),
    "questions.file_given": Text("Angaben", "Details"),
    "questions.file_day": Text("Beantwortet am", "Answered on"),
    "questions.file_rows": Text("Zeilen", "Rows"),
    "questions.file_address": Text("Adresse", "Address"),
    "questions.file_query": Text("Abfrage", "Query"),
    "questions.file_sheet": Text("Antwort", "Answer"),
    "questions.file_about": Text("Über diese Antwort", "About this answer"),
    "questions.id_of": Text("{name} (Kennung)", "{name} (id)"),
    "builder.title": Text("Frage bauen", "Build a question"),
    "builder.lead": Text(
        "Welche … mit welchen Angaben? Zur Wahl steht nur, was im Bestand wirklich vorkommt, mit Anzahl.",
        "Which … with what? Only what the store really holds can be chosen, with counts.",
    ),
    "builder.examples": Text("Zum Beispiel", "For example"),
    "builder.class": Text("Wonach wird gefragt?", "What is asked for?"),
    "builder.condition": Text("Bedingung {n}", "Condition {n}"),
    "builder.new_condition": Text("Neue Bedingung", "New condition"),
    "builder.relation": Text("Angabe", "Detail"),
    "builder.further": Text("und davon", "and of these"),
    "builder.no_further": Text("– nichts weiter –", "– nothing further –"),
    "builder.choose": Text("bitte wählen", "please choose"),
    "builder.forward": Text("Angaben dazu", "Its own details"),
    "builder.inverse": Text("Was darauf zeigt", "What points to it"),
    "builder.name": Text("Name", "Name"),
    "builder.mode": Text("Wie", "How"),
    "builder.value": Text("Wert", "Value"),
    "builder.values": Text("Werte: einer davon genügt", "Values: one of them is enough"),
    "builder.values_not": Text("Werte: keiner davon", "Values: none of them"),
    "builder.type_name": Text("Name oder Teil davon", "name or part of it"),
    "builder.more_values": Text("Wert suchen", "Find a value"),
    "builder.value_contains": Text("Wort oder Wortteil", "word or part of one"),
    "builder.value_day": Text("Jahr, Monat oder Tag", "year, month or day"),
    "builder.value_number": Text("Zahl", "number"),
    "builder.mode.is": Text("ist", "is"),
    "builder.mode.not": Text("ist nicht", "is not"),
    "builder.mode.any": Text("irgendetwas ist erfasst", "anything is recorded"),
    "builder.mode.none": Text("ohne: nichts ist erfasst", "without: nothing is recorded"),
    "builder.mode.contains": Text("enthält im Namen oder Text", "contains in name or text"),
    "builder.mode.from": Text("ab", "from"),
    "builder.mode.until": Text("bis", "until"),
    "builder.mode.after": Text("nach", "after"),
    "builder.mode.before": Text("vor", "before"),
    "builder.mode.from.number": Text("mindestens", "at least"),
    "builder.mode.until.number": Text("höchstens", "at most"),
    "builder.mode.after.number": Text("mehr als", "more than"),
    "builder.mode.before.number": Text("weniger als", "less than"),
    "builder.join": Text("Es gelten", "They hold"),
    "builder.join.and": Text("alle Bedingungen (und)", "all of them (and)"),
    "builder.join.or": Text("mindestens eine (oder)", "at least one (or)"),
    "builder.group": Text("Zählen nach", "Count by"),
    "builder.group_second": Text("und nach", "and by"),
    "builder.no_group": Text("nicht zählen, auflisten", "do not count, list them"),
    "builder.no_second": Text("– nur danach –", "– by that only –"),
    "builder.columns": Text("Spalten der Antwort", "Columns of the answer"),
    "builder.show": Text("Anzeigen", "Show"),
    "builder.hint": Text(
        "Nach jeder Wahl kommen Werte und eine weitere Bedingung dazu. Die Zahl in Klammern sagt, "
        "für wie viele es mit den übrigen Bedingungen zutrifft.",
        "After each choice, values and a further condition appear. The number in brackets says "
        "for how many it holds together with the other conditions.",
    ),
    "builder.dropped": Text(
        "Die Angabe „{key}“ gibt es bei „{class_}“ nicht; sie zählt hier nicht.",
        "There is no detail “{key}” for “{class_}”; it does not count here.",
    ),
    "builder.needs_value": Text(
        "Hier fehlt noch ein Wert; die Bedingung zählt noch nicht.",
        "A value is missing; the condition does not count yet.",
    ),
    "builder.no_value": Text(
        "„{typed}“ kommt hier nicht vor und zählt nicht.",
        "“{typed}” does not occur here and does not count.",
    ),
    "builder.no_day": Text(
        "„{typed}“ ist kein Jahr, Monat oder Tag wie 2026, 2026-01, 2026-01-31.",
        "“{typed}” is no year, month or day such as 2026, 2026-01, 2026-01-31.",
    ),
    "builder.no_number": Text("„{typed}“ ist keine Zahl.", "“{typed}” is not a number."),
    "builder.which": Text("Was ist mit „{typed}“ gemeint?", "What does “{typed}” mean?"),
    "builder.which_more": Text("und {n} weitere; bitte genauer", "and {n} more; please be more exact"),
    "builder.count": Text("{n} von {all}", "{n} of {all}"),
    "builder.count_groups": Text("{n} von {all} in {groups} Zeilen", "{n} of {all} in {groups} rows"),
    "builder.number": Text("Anzahl", "Number"),
    "builder.year": Text("{name} (Jahr)", "{name} (year)"),
    "builder.nothing": Text("nichts erfasst", "nothing recorded"),
    "builder.without_group": Text(
        "Bei {n} davon ist unter „{name}“ nichts erfasst; sie stehen in der Tabelle als „nichts erfasst“.",
        "For {n} of them nothing is recorded under “{name}”; the table lists them as “nothing recorded”.",
    ),
    "builder.without_groups": Text(
        "Wozu unter einer der beiden Angaben nichts erfasst ist, steht nur in der Tabelle.",
        "What has nothing recorded under one of the two details stands in the table only.",
    ),
    "builder.in_each": Text(
        "Was mehrere Werte hat, zählt bei jedem mit; die Summe ist darum größer.",
        "What has several values counts with each of them; the sum is therefore larger.",
    ),
    "builder.none": Text(
        "Nichts im Bestand erfüllt das. Nicht erfasst heißt nicht, dass es das nicht gibt.",
        "Nothing in the store fits. Not recorded does not mean that there is none.",
    ),
    "builder.without": Text("Entfernen", "Remove"),
    "builder.quoted": Text("„{name}“", "“{name}”"),
    "builder.question": Text("Welche {class_} gibt es{rest}?", "Which {class_} are there{rest}?"),
    "builder.how_many": Text(
        "Wie viele {class_} gibt es{rest}, gezählt nach {groups}?",
        "How many {class_} are there{rest}, counted by {groups}?",
    ),
    "builder.and": Text(" und ", " and "),
    "builder.or": Text(" oder ", " or "),
    "builder.said.is": Text("mit der Angabe „{relation}: {value}“", "with “{relation}: {value}”"),
    "builder.said.not": Text("ohne die Angabe „{relation}: {value}“", "without “{relation}: {value}”"),
    "builder.said.any": Text("mit einer Angabe zu „{relation}“", "with anything under “{relation}”"),
    "builder.said.none": Text("ohne jede Angabe zu „{relation}“", "without anything under “{relation}”"),
    "builder.said.contains": Text("mit „{value}“ unter „{relation}“", "with “{value}” under “{relation}”"),
    "builder.said.from": Text("mit „{relation}“ ab {value}", "with “{relation}” from {value}"),
    "builder.said.until": Text("mit „{relation}“ bis {value}", "with “{relation}” until {value}"),
    "builder.said.after": Text("mit „{relation}“ nach {value}", "with “{relation}” after {value}"),
    "builder.said.before": Text("mit „{relation}“ vor {value}", "with “{relation}” before {value}"),
    "builder.said.from.number": Text(
        "mit „{relation}“ von mindestens {value}", "with “{relation}” of at least {value}"
    ),
    "builder.said.until.number": Text(
        "mit „{relation}“ von höchstens {value}", "with “{relation}” of at most {value}"
    ),
    "builder.said.after.number": Text(
        "mit „{relation}“ von mehr als {value}", "with “{relation}” of more than {value}"
    ),
    "builder.said.before.number": Text(
        "mit „{relation}“ von weniger als {value}", "with “{relation}” of less than {value}"
    ),
    "builder.why_empty": Text(
        "Warum zu „{relation}“ nichts erfasst ist: {counts}.",
        "Why nothing is recorded under “{relation}”: {counts}.",
    ),
    "builder.empty.none": Text("{n}-mal gefragt und verneint", "asked and denied {n} times"),
    "builder.empty.complete": Text("{n}-mal für vollständig erklärt", "declared complete {n} times"),
    "builder.empty.unknown": Text("{n}-mal gefragt und nicht bekannt", "asked and not known {n} times"),
    "builder.empty.notAsked": Text("{n}-mal ausdrücklich nicht gefragt", "expressly not asked {n} times"),
    "builder.empty.unstated": Text("{n}-mal sagt es keine Quelle", "{n} times no source says"),
}

#: Questions to begin with: what they ask, their address, and the trails that the store must have for them.
BUILDER_EXAMPLES: tuple[tuple[Text, tuple[tuple[str, str], ...], tuple[str, ...]], ...] = (
    (
        Text("Planwerke ohne ein einziges Ziel", "Plans without a single goal"),
        (("class", "Plan"), ("r1", "pursues"), ("m1", "none")),
        ("pursues",),
    ),
    (
        Text("Planwerke je federführender Dienststelle und Thema", "Plans by leading department and topic"),
        (("class", "Plan"), ("g", "leadUnit"), ("g", "topic")),
        ("leadUnit", "topic"),
    ),
    (
        Text(
            "An welche Zielgruppen richten sich die Ziele der Planwerke?",
            "Which target groups do the goals of plans address?",
        ),
        (("class", "Plan"), ("r1", "pursues/targetGroup"), ("m1", "any"), ("g", "pursues/targetGroup")),
        ("pursues/targetGroup",),
    ),
    (
        Text(
            "Planwerke mit einer Maßnahme von mindestens 1 Million Euro",
            "Plans with a measure of at least 1 million euros",
        ),
        (("class", "Plan"), ("r1", "~measureOf/costEur"), ("m1", "from"), ("v1", "1000000")),
        ("~measureOf/costEur",),
    ),
    (
        Text("Wie viele Planwerke begannen in welchem Jahr?", "How many plans began in which year?"),
        (("class", "Plan"), ("g", "validFrom")),
        ("validFrom",),
    ),
    (
        Text("Maßnahmen, deren Name „Wohn“ enthält", "Measures with “Wohn” in their name"),
        (("class", "Measure"), ("r1", "prefLabel"), ("m1", "contains"), ("v1", "Wohn")),
        ("prefLabel",),
    ),
)
