"""What the workbook says to people, in German and English."""

from __future__ import annotations

from graph.intake.sheets.own.marks import LONGEST_CELL
from ontology.tables import Column, Table
from ontology.text import Text
from ontology.vocabulary import Vocabulary

GUIDE = Text("Anleitung", "Read me")
LISTS = Text("Listen", "Lists")
READ_ONLY = Text("nur zum Lesen", "for reading only")

TITLE = Text("So benutzen Sie diese Datei", "How to use this file")
TEMPLATE_TITLE = Text("Vorlage: So legen Sie die Übersicht an", "Template: how to start your overview")

EDIT_STEPS = (
    Text(
        "Ändern Sie, was nicht stimmt, direkt in der Zelle. Nicht geänderte Zellen bleiben im Speicher, wie sie sind.",
        "Change what is wrong right in the cell. Cells you leave alone stay in the store as they are.",
    ),
    Text(
        "Neues kommt in eine neue Zeile unter die letzte. „Nr.“ bleibt dort leer; die Kennung vergeben Sie selbst, kurz und "
        "ohne Leerzeichen.",
        "New entries go into a new row below the last one. Leave “No.” empty there; you choose the id yourself, short and "
        "without blanks.",
    ),
    Text(
        "Eine gelöschte Zeile wird auch im Speicher gelöscht; vor dem Speichern wird gesagt, welche.",
        "A deleted row is deleted in the store too; before anything is stored you are told which.",
    ),
    Text(
        "Sortieren, Filtern und Verschieben von Spalten ist erlaubt. Überschriften und Blattnamen bitte nicht ändern.",
        "You may sort, filter and move columns. Please do not change headings and names of sheets.",
    ),
    Text(
        "Ein Datum ist so genau wie die Quelle: 2024, 2024-05 oder 2024-05-21 (auch 21.05.2024). Unbekanntes bleibt leer.",
        "A date is as precise as its source: 2024, 2024-05 or 2024-05-21 (also 21.05.2024). What is unknown stays empty.",
    ),
    Text(
        "Verweise stehen als „Kennung · Name“. Beim Eintragen genügt die Kennung oder der genaue Name; mehrere stehen "
        "untereinander (Alt+Eingabe) oder mit Semikolon getrennt.",
        "References read “id · name”. Typing the id or the exact name is enough; several stand one below the other "
        "(Alt+Enter) or with a semicolon between them.",
    ),
    Text(
        "Der Mauszeiger auf einer Überschrift zeigt, was die Spalte bedeutet.",
        "Point at a heading to see what the column means.",
    ),
)
SEND_BACK = Text(
    "Zurück ins Planwerk: „planwerk import DATEI.xlsx --dry-run“ zeigt, was sich ändern würde; ohne „--dry-run“ wird es "
    "übernommen, ganz oder gar nicht.",
    "Back into Planwerk: “planwerk import FILE.xlsx --dry-run” shows what would change; without “--dry-run” it is taken "
    "over, all or nothing.",
)
TEMPLATE_STEPS = (
    Text(
        "Beginnen Sie mit den Blättern „Dienststellen“ und „Planwerke“; alle anderen dürfen leer bleiben.",
        "Begin with the sheets “Departments” and “Plans”; all others may stay empty.",
    ),
    Text(
        "Die graue Zeile ist ein Beispiel. Sie wird nicht übernommen; Sie dürfen sie stehen lassen oder löschen.",
        "The grey row is an example. It is not taken over; leave it or delete it.",
    ),
    Text(
        "Im Blatt „Quellen“ steht, woher Sie etwas wissen. Steht dort nur eine Quelle, gilt sie für alle Zeilen, in denen "
        "keine genannt ist.",
        "The sheet “Sources” says where you know things from. Where it has only one source, that one counts for every row "
        "that names none.",
    ),
)
COLOURS = (
    ("must", Text("dunkelblau: muss gefüllt sein", "dark blue: must be filled")),
    ("may", Text("hellblau: darf leer bleiben", "light blue: may stay empty")),
    ("read", Text("grau: nur zum Lesen; wird nicht eingelesen", "grey: for reading only; not read back")),
)
WHICH_SHEET = Text("Welches Blatt enthält was?", "Which sheet holds what?")
SHEET, ROWS, MEANING = Text("Blatt", "Sheet"), Text("Zeilen", "Rows"), Text("Bedeutung", "Meaning")
DELIVERIES = Text("Woher die Zeilen kommen (Lieferungen)", "Where the rows come from (deliveries)")
MEANT_FOR = Text(
    "Zeile im Speicher; bleibt beim Sortieren erhalten. In neuen Zeilen leer lassen.",
    "Row in the store; kept when you sort. Leave empty in new rows.",
)
DELIVERED_WITH = Text(
    "Die Lieferung, zu der die Zeile gehört. In neuen Zeilen nur nötig, wo es mehrere gibt.",
    "The delivery that the row belongs to. In new rows only needed where there are several.",
)
_KEY = Text(
    "Kurze Kennung der Zeile ohne Leerzeichen und Semikolon; andere Blätter verweisen auf sie. Bitte nicht ändern.",
    "Short id of the row without blanks and semicolons; other sheets refer to it. Please do not change it.",
)
_GRAPH = Text(
    "Die Quelle, die diese Zeile sagt (Blatt „Quellen“).",
    "The source that says this row (sheet “Sources”).",
)
_REPEATED = Text(
    "Nur zum Lesen: steht bei der Quelle. Ändern bitte im Blatt „Quellen“.",
    "For reading only: stands with the source. Please change it in the sheet “Sources”.",
)
_HINTS = {
    "date": Text("Form: 2024, 2024-05 oder 2024-05-21.", "Form: 2024, 2024-05 or 2024-05-21."),
    "number": Text("Eine Zahl, zum Beispiel 1200 oder 47,5.", "A number, for instance 1200 or 47.5."),
    "many": Text(
        "Mehrere untereinander (Alt+Eingabe) oder mit Semikolon.",
        "Several one below the other (Alt+Enter) or with a semicolon.",
    ),
    "closed": Text("Bitte aus der Liste wählen.", "Please choose from the list."),
    "open": Text(
        "Vorschläge in der Liste; ein neues Wort ist erlaubt.", "The list suggests; a new word is allowed."
    ),
    "must": Text("Muss gefüllt sein.", "Must be filled."),
}
TOO_LONG = Text(
    f"ist länger als die {LONGEST_CELL} Zeichen, die eine Tabellenkalkulation fasst. Bitte die Zelle kürzen oder als "
    "Ordner mit Tabellen ausgeben.",
    f"is longer than the {LONGEST_CELL} characters a spreadsheet holds. Please shorten the cell or export a folder of "
    "tables.",
)


def column_note(column: Column, vocabulary: Vocabulary, lang: str) -> str:
    """Return what a heading's note says: what the column means and how to fill it."""
    return "\n".join(text[lang] for text in _note_texts(column, vocabulary))


def _note_texts(column: Column, vocabulary: Vocabulary) -> list[Text]:
    if column.kind == "from_source":
        return [_REPEATED]
    if column.kind in {"key", "graph"}:
        return [_KEY if column.kind == "key" else _GRAPH, _HINTS["must"]]
    term = vocabulary.properties.get(column.property or "")
    hints = [term.definition] if term else []
    hints += [_HINTS[column.kind]] if column.kind in _HINTS else []
    if column.kind == "code":
        hints.append(_HINTS["closed" if column.closed else "open"])
    return (
        hints + ([_HINTS["many"]] if column.separator else []) + ([_HINTS["must"]] if column.required else [])
    )


def table_meaning(table: Table, vocabulary: Vocabulary, lang: str) -> str:
    """Return what the rows of a table are."""
    return vocabulary.classes[table.class_].definition[lang]
