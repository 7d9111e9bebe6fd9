"""What the sheet for a department says, in German and English."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.text import Text

TITLE = Text("Zehn-Minuten-Bogen", "Ten-minute sheet")
PURPOSE = Text(
    "Was die Sozialplanung von Ihren Planwerken weiß und was noch fehlt. Bitte bestätigen, ergänzen, zurückgeben.",
    "What social planning knows of your plans and what is still missing. Please confirm, complete and send back.",
)
HOW = Text(
    "„Stimmt so“ ankreuzen oder berichtigen. Zu jeder Frage eine Antwort ODER ein Kreuz; leer heißt: noch nicht besprochen.",
    "Tick “correct” or put it right. To each question one answer OR one tick; empty means: not talked about yet.",
)
DAY = Text("Datum der Auskunft", "Date of the answers")
ROLE = Text("Rolle (kein Name)", "Role (no name)")
ROLE_HINT = Text(
    "zum Beispiel Sachgebietsleitung; Namen von Personen werden nicht gespeichert",
    "for instance head of section; names of persons are not stored",
)
AS_OF = Text("Stand der Angaben", "As of")
PLAN = Text("Planwerk", "Plan")
FACET = Text("Angabe", "Detail")
KNOWN = Text("Was wir wissen · was wir fragen", "What we know · what we ask")
CORRECT = Text("stimmt so", "correct")
ANSWER = Text("Antwort oder Berichtigung", "Answer or correction")
NONE = Text("gibt es nicht", "there is none")
NOT_ASKED = Text("nicht erhoben", "not recorded")
UNKNOWN = Text("weiß ich nicht", "I do not know")
RECORDED = Text("bekannt", "known")
MISSING = Text(
    "Fehlt ein Planwerk? Bitte Titel, Zeitraum und Zweck eintragen.",
    "Is a plan missing? Please give title, period and purpose.",
)
NEW_TITLE = Text("Titel", "Title")
NEW_PERIOD = Text("Zeitraum und Zweck", "Period and purpose")
#: By property: how the sheet calls what is known.
KNOWN_NAMES: Mapping[str, Text] = {
    "status": Text("Stand:", "status:"),
    "validFrom": Text("von", "from"),
    "validTo": Text("bis", "to"),
    "decidedOn": Text("beschlossen", "decided"),
    "decidedBy": Text("durch", "by"),
    "targetGroup": Text("für", "for"),
    "pursues": Text("Ziele:", "goals:"),
}
SOURCE = Text("Quelle", "Source")
UNDATED = Text("ohne Datum", "undated")
NOTHING = Text("Noch nichts außer dem Titel.", "Nothing yet but the title.")
LEFT_OUT = Text(
    "Nicht auf diesem Bogen, damit es bei zehn Minuten bleibt", "Not on this sheet, to keep it to ten minutes"
)
NO_PLANS = Text(
    "Von dieser Dienststelle ist kein laufendes Planwerk erfasst.",
    "No current plan of this department is recorded.",
)
FILE_HINT = Text(
    "Zurück an die Sozialplanung; dort: planwerk import BOGEN.xlsx. Die Auskünfte kommen als eigene Quelle „ungeprüft“ herein.",
    "Back to social planning; there: planwerk import SHEET.xlsx. The answers come in as a source of their own, “unreviewed”.",
)
PAPER_HINT = Text(
    "Dieser Bogen ist zum Ausfüllen von Hand oder am Bildschirm; eingelesen wird die Arbeitsmappe (planwerk sheet … .xlsx).",
    "This sheet is to be filled by hand or on screen; what is read back is the workbook (planwerk sheet … .xlsx).",
)

#: By facet, as typed in facets.csv: what it is called, and the question.
QUESTIONS: Mapping[str, tuple[Text, Text]] = {
    "Federführung": (
        Text("Federführung", "Lead"),
        Text("Wer führt das Planwerk federführend?", "Who leads the plan?"),
    ),
    "Stand": (Text("Stand", "Status"), Text("In welchem Stand ist es?", "What is its status?")),
    "Beginn": (Text("Laufzeit", "Period"), Text("Seit wann gilt es?", "Since when is it valid?")),
    "Ende": (Text("Laufzeit", "Period"), Text("Bis wann gilt es?", "Until when is it valid?")),
    "Beschluss": (
        Text("Beschluss", "Decision"),
        Text("Wann und von wem wurde es beschlossen?", "When and by whom was it decided?"),
    ),
    "Nachfolge": (Text("Nachfolge", "Successor"), Text("Wie geht es weiter?", "What comes next?")),
    "Zielgruppen": (
        Text("Zielgruppen", "Target groups"),
        Text("Für wen ist es gemacht?", "Whom is it made for?"),
    ),
    "Ziele": (Text("Ziele", "Goals"), Text("Welche Ziele verfolgt es?", "Which goals does it pursue?")),
    "Kennzahlen": (
        Text("Kennzahlen", "Indicators"),
        Text("Woran messen Sie die Ziele?", "How do you measure the goals?"),
    ),
    "Maßnahmen und Instrumente": (
        Text("Maßnahmen", "Measures"),
        Text("Mit welchen Maßnahmen setzen Sie die Ziele um?", "By which measures do you pursue the goals?"),
    ),
}
PERIOD = Text("Von wann bis wann gilt es?", "From when until when is it valid?")
