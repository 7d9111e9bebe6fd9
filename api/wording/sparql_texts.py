"""The words of the page for queries in German and English, by key; those that scripts speak stand apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

SPARQL_TEXTS: Mapping[str, Text] = {
    "sparql.word": Text("SPARQL", "SPARQL"),
    "sparql.title": Text("SPARQL-Abfrage", "SPARQL query"),
    "sparql.lead": Text(
        "Der Standardgraph vereint alle Quellen; GRAPH ?quelle nennt, wer etwas sagt. Höchstens {seconds} Sekunden und "
        "{rows} Zeilen je Abfrage.",
        "The default graph unites all sources; GRAPH ?source names who says what. At most {seconds} seconds and {rows} "
        "rows a query.",
    ),
    "sparql.query": Text("Abfrage", "Query"),
    "sparql.run": Text("Ausführen", "Run"),
    "sparql.stop": Text("Abbrechen", "Cancel"),
    "sparql.keys": Text("Strg+Eingabe führt aus.", "Ctrl+Enter runs it."),
    "sparql.keys_editor": Text(
        "Strg+Leertaste schlägt vor, auch nach deutschen Namen. Tab verlässt das Feld.",
        "Ctrl+Space suggests, by English names too. Tab leaves the field.",
    ),
    "sparql.examples": Text("Beispiele", "Examples"),
    "sparql.to_questions": Text(
        "Alle Fragen, ohne SPARQL zu schreiben", "All questions, without writing SPARQL"
    ),
    "sparql.result": Text("Ergebnis", "Result"),
    "sparql.problem": Text("Keine Antwort", "No answer"),
    "sparql.more_rows": Text(
        "Hier stehen die ersten {n} von {all} Zeilen; die Dateien haben alle.",
        "These are the first {n} of {all} rows; the files have all.",
    ),
    "sparql.truncated": Text(
        "Die Antwort ist nach {n} Zeilen abgeschnitten; es gibt mehr. LIMIT und OFFSET oder eine engere Abfrage helfen.",
        "The answer is cut after {n} rows; there are more. LIMIT and OFFSET or a narrower query help.",
    ),
    "sparql.yes": Text("Ja", "Yes"),
    "sparql.no": Text("Nein", "No"),
    "sparql.download": Text("Herunterladen als", "Download as"),
    "sparql.triples": Text("{n} Aussagen", "{n} statements"),
    "sparql.triple": Text("1 Aussage", "1 statement"),
    "sparql.views": Text("Ansichten", "Views"),
    "sparql.view.table": Text("Tabelle", "Table"),
    "sparql.view.text": Text("Text (Turtle)", "Text (Turtle)"),
    "sparql.view.picture": Text("Graph", "Graph"),
    "sparql.view.chart": Text("Diagramm", "Chart"),
    "sparql.lines": Text(
        "Die Linien zeigen, was der Bestand zwischen diesen Dingen kennt, nicht nur, wonach gefragt war.",
        "The lines show what the store knows between these things, not only what was asked for.",
    ),
    "sparql.other_things": Text(
        "Nicht im Bild, weil nicht aus diesem Bestand oder nichts, was gezeichnet wird: {n} von den Adressen der Antwort. "
        "Die Tabelle hat alle.",
        "Not in the picture, because not of this store or nothing that is drawn: {n} of the addresses in the answer. The "
        "table has all.",
    ),
    "sparql.sheet": Text("Antwort auf eine SPARQL-Abfrage", "Answer to a SPARQL query"),
    "sparql.sheet_about": Text(
        "Eine eigene Abfrage, gestellt auf der Seite SPARQL.",
        "A query of one's own, asked on the page SPARQL.",
    ),
    "sparql.no_table": Text(
        "Nur SELECT antwortet als Tabelle; eine Arbeitsmappe gibt es daher nur dafür.",
        "Only SELECT answers as a table; so only for it there is a workbook.",
    ),
    "sparql.share": Text("Link zu dieser Abfrage", "Link to this query"),
    "sparql.copy": Text("Kopieren", "Copy"),
    "sparql.past": Text("Verlauf", "History"),
    "sparql.past_hint": Text(
        "Die letzten 50 Abfragen. Sie stehen nur in diesem Browser, nicht auf dem Server.",
        "The last 50 queries. They are kept in this browser only, not on the server.",
    ),
    "sparql.past_clear": Text("Verlauf löschen", "Clear the history"),
}

#: What the scripts of the page say.
SPOKEN: Mapping[str, Text] = {
    "running": Text("Die Abfrage läuft …", "The query is running …"),
    "stopped": Text(
        "Abgebrochen. Die Abfrage wurde auch auf dem Server angehalten.",
        "Cancelled. The query was stopped on the server too.",
    ),
    "unreachable": Text(
        "Der Server antwortet nicht. Die Abfrage steht noch hier; bitte gleich noch einmal ausführen.",
        "The server does not answer. The query is still here; please run it again shortly.",
    ),
    "done": Text("{what} in {seconds} Sekunden.", "{what} in {seconds} seconds."),
    "line": Text("Zeile {n}", "Line {n}"),
    "from_past": Text("Abfrage aus dem Verlauf eingesetzt.", "Query put in from the history."),
    "past_empty": Text("Noch keine Abfrage.", "No query yet."),
    "past_off": Text(
        "Dieser Browser erlaubt das Merken nicht; der Verlauf gilt bis zum Schließen der Seite.",
        "This browser does not allow remembering; the history lasts until the page is closed.",
    ),
    "past_cleared": Text("Der Verlauf ist gelöscht.", "The history is cleared."),
    "copied": Text("Der Link ist kopiert.", "The link is copied."),
    "copy_failed": Text(
        "Der Browser erlaubt das Kopieren nicht. Der Link ist ausgewählt: Strg+C kopiert ihn.",
        "The browser does not allow copying. The link is selected: Ctrl+C copies it.",
    ),
    "link_long": Text(
        "Der Link hat {n} Zeichen. Manche Programme kürzen Adressen ab 2.000 Zeichen; sicherer ist der Text der Abfrage.",
        "The link has {n} characters. Some programs cut addresses beyond 2,000; the text of the query is safer.",
    ),
    "link_too_long": Text(
        "Die Abfrage ist für einen Link zu lang ({n} Zeichen). Bitte den Text der Abfrage weitergeben.",
        "The query is too long for a link ({n} characters). Please pass on the text of the query.",
    ),
    "sort": Text("Sortieren nach {name}", "Sort by {name}"),
    "sorted_up": Text("Aufsteigend sortiert nach {name}.", "Sorted by {name}, ascending."),
    "sorted_down": Text("Absteigend sortiert nach {name}.", "Sorted by {name}, descending."),
    "undeclared": Text(
        "Das Präfix „{prefix}:“ ist noch nicht erklärt.", "The prefix “{prefix}:” is not declared yet."
    ),
    "unknown_prefix": Text(
        "Das Präfix „{prefix}:“ ist nicht erklärt und hier unbekannt; oben fehlt PREFIX {prefix}: <…>.",
        "The prefix “{prefix}:” is not declared and unknown here; add PREFIX {prefix}: <…> above.",
    ),
    "add_prefix": Text("PREFIX ergänzen", "Add PREFIX"),
    "closes_nothing": Text("„{sign}“ schließt nichts.", "“{sign}” closes nothing."),
    "not_closed": Text("„{sign}“ wird nicht geschlossen.", "“{sign}” is not closed."),
    "not_exists": Text(
        "FILTER NOT EXISTS prüft jede Zeile einzeln; MINUS ist meist viel schneller.",
        "FILTER NOT EXISTS looks at every row by itself; MINUS is mostly much faster.",
    ),
    "product": Text(
        "Dieses Muster teilt mit den anderen keine Variable: jede Zeile wird mit jeder verbunden. Eine gemeinsame "
        "Variable oder LIMIT hilft.",
        "This pattern shares no variable with the others: every row is joined with every other. A shared variable or "
        "LIMIT helps.",
    ),
}

#: The editor's own phrases, which come in English.
PHRASES_DE: Mapping[str, str] = {
    "Completions": "Vorschläge",
    "Diagnostics": "Hinweise",
    "No diagnostics": "Keine Hinweise",
    "close": "schließen",
    "Control character": "Steuerzeichen",
    "Selection deleted": "Auswahl gelöscht",
    "current match": "dieser Treffer",
}
