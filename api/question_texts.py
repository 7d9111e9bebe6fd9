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
    "questions.type_name": Text("Name oder Teil davon", "name or part of it"),
    "questions.which": Text(
        "Was ist mit „{typed}“ bei „{label}“ gemeint?", "What does “{typed}” mean for “{label}”?"
    ),
    "questions.which_more": Text("und {n} weitere; bitte genauer", "and {n} more; please be more exact"),
    "questions.unknown": Text(
        "Unter „{typed}“ ist bei „{label}“ nichts erfasst. Bitte einen Namen aus der Liste wählen.",
        "Nothing is recorded under “{typed}” for “{label}”. Please choose a name from the list.",
    ),
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
        "Ein leeres Feld heißt: dazu ist nichts erfasst.", "An empty cell means that nothing is recorded."
    ),
    "questions.matrix_hidden": Text(
        "{n} Zeilen oder Spalten finden keinen Platz; die Tabelle hat alle.",
        "{n} rows or columns find no room; the table has all.",
    ),
    "questions.picture_open": Text("Im Graph ansehen und weitergehen", "See it in the graph and go on"),
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
}
