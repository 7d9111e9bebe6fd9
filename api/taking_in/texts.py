"""Words of the import of spreadsheets, German and English, by key; part of the words of the surface."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.text import Text

IMPORT_TEXTS: Mapping[str, Text] = {
    "row.new": Text("Neu: „{name}“ ({table}).", "New: “{name}” ({table})."),
    "row.gone": Text("Entfallen: „{name}“ ({table}).", "Gone: “{name}” ({table})."),
    "row.field": Text("„{name}“, {column}: {old} → {new}.", "“{name}”, {column}: {old} → {new}."),
    "row.filled": Text("„{name}“, {column}: neu {new}.", "“{name}”, {column}: now {new}."),
    "row.emptied": Text(
        "„{name}“, {column}: entfallen, bisher {old}.", "“{name}”, {column}: gone, was {old}."
    ),
    "nav.import": Text("Eigene Tabelle prüfen", "Review a spreadsheet"),
    "import.title": Text("Eigene Tabelle prüfen", "Review a spreadsheet"),
    "import.lead": Text(
        "Die Übersicht, die über Jahre gewachsen ist, so wie sie ist: verbundene Zellen, Zwischenzeilen, Fußnoten und "
        "Abkürzungen sind in Ordnung. Erst wird gezeigt, was gefunden wurde und was unklar ist. Gespeichert wird dabei nichts.",
        "The overview that grew over years, just as it is: merged cells, section rows, footnotes and abbreviations are fine. "
        "First you see what was found and what is unclear. Nothing is stored by that.",
    ),
    "import.only_review": Text(
        "Hier wird nur geprüft. Zum Übernehmen steht am Ende der Prüfung der Befehl für die Kommandozeile.",
        "Here spreadsheets are only reviewed. At the end of the review stands the command that takes them in.",
    ),
    "import.file": Text("Datei", "File"),
    "import.file_hint": Text(
        "Excel (.xlsx), LibreOffice (.ods) oder .csv, höchstens {most} MB. Die Datei bleibt auf diesem Rechner und wird nach "
        "{hours} Stunden gelöscht.",
        "Excel (.xlsx), LibreOffice (.ods) or .csv, {most} MB at most. The file stays on this machine and is deleted after "
        "{hours} hours.",
    ),
    "import.more": Text("Kennung und Stand angeben", "Give an id and a date"),
    "import.source": Text("Kennung der Quelle", "Id of the source"),
    "import.source_hint": Text(
        "Wenn leer, aus dem Dateinamen. Eine neue Fassung unter derselben Kennung ersetzt die alte.",
        "If empty, made of the file's name. A new edition under the same id replaces the old one.",
    ),
    "import.date": Text("Stand der Tabelle", "Date of the spreadsheet"),
    "import.go": Text("Prüfen", "Review"),
    "import.how": Text("Wie es weitergeht", "What comes next"),
    "import.step1": Text(
        "Sie sehen jede Zeile mit ihrer Art und dem Grund dafür.",
        "You see every row with its class and the reason for it.",
    ),
    "import.step2": Text(
        "Sie beantworten Fragen und berichtigen, wofür eine Spalte gehalten wurde. Das wird für die nächste Fassung gemerkt.",
        "You answer questions and correct what a column was taken for. That is remembered for the next edition.",
    ),
    "import.step3": Text(
        "Dann wird alles auf einmal übernommen oder nichts. Was unklar bleibt, wird weggelassen, nicht geraten.",
        "Then everything is taken in at once, or nothing. What stays unclear is left out, not guessed.",
    ),
    "import.eyebrow": Text("Prüfung einer Tabelle", "Review of a spreadsheet"),
    "import.taken_eyebrow": Text("Übernommene Tabelle", "Spreadsheet taken in"),
    "import.done": Text("Übernommen.", "Taken in."),
    "import.done_numbers": Text(
        "{rows} Zeilen; {added} Aussagen neu, {removed} entfallen.",
        "{rows} rows; {added} statements new, {removed} gone.",
    ),
    "import.to_source": Text("Zur Quelle", "To the source"),
    "import.refused": Text(
        "So kann die Tabelle nicht übernommen werden.", "The spreadsheet cannot be taken in like this."
    ),
    "import.refused_hint": Text(
        "Bitte die Fehler unten in der Datei beheben oder hier die Zuordnung berichtigen.",
        "Please mend the errors below in the file, or correct the mapping here.",
    ),
    "import.dry": Text("Noch ist nichts gespeichert.", "Nothing is stored yet."),
    "import.open": Text(
        "Offene Fragen halten nichts auf: Was unklar ist, bleibt vorerst weg.",
        "Open questions do not hold anything up: what is unclear is left out for now.",
    ),
    "import.clear": Text("Es gibt keine offenen Fragen.", "There are no open questions."),
    "import.changed": Text("Was sich geändert hat", "What has changed"),
    "import.would_change": Text("Was sich ändern würde", "What would change"),
    "import.no_changes": Text(
        "Nichts: Die Tabelle sagt dasselbe wie die letzte Fassung.",
        "Nothing: it says the same as the last edition.",
    ),
    "import.own": Text(
        "Diese Mappe hat Planwerk selbst geschrieben. Übernommen wird genau das, was darin geändert wurde.",
        "Planwerk wrote this workbook itself. Exactly what was changed in it is taken in.",
    ),
    "import.first": Text("Die erste Fassung dieser Quelle nennt:", "The first edition of this source names:"),
    "import.each": Text("Einzeln zeigen", "Show each"),
    "import.show_duplicates": Text("Doppelungen zeigen", "Show the duplicates"),
    "import.rest": Text("… und {n} weitere", "… and {n} more"),
    "import.questions": Text("Fragen", "Questions"),
    "import.questions_hint": Text(
        "Die beste Vermutung ist vorgewählt. Was Sie nicht wissen, lassen Sie offen.",
        "The best guess is preselected. Leave open what you do not know.",
    ),
    "import.leave_open": Text("offen lassen", "leave open"),
    "import.no_questions": Text("Keine offenen Fragen.", "No open questions."),
    "import.answered": Text("Beantwortet", "Answered"),
    "import.take_back": Text("zurücknehmen", "take back"),
    "import.columns": Text("Blätter und Spalten", "Sheets and columns"),
    "import.sheet": Text("Blatt „{name}“", "Sheet “{name}”"),
    "import.holds": Text("Das Blatt enthält", "The sheet holds"),
    "import.as_found": Text("wie erkannt", "as recognised"),
    "import.column": Text("Spalte", "Column"),
    "import.heading": Text("Überschrift", "Heading"),
    "import.means": Text("Bedeutung", "Meaning"),
    "import.why": Text("Grund", "Reason"),
    "import.nothing": Text("nichts davon", "none of these"),
    "import.check": Text("Neu prüfen", "Review again"),
    "import.over": Text("Alle Korrekturen verwerfen", "Drop all corrections"),
    "import.take": Text("Übernehmen", "Take it in"),
    "import.take_hint": Text(
        "Alles auf einmal, als neue Fassung dieser Quelle; die Korrekturen werden gemerkt.",
        "Everything at once, as a new edition of this source; the corrections are remembered.",
    ),
    "import.take_elsewhere": Text(
        "Diese Seite darf nur prüfen. Mit den Korrekturen als Datei übernimmt dieser Befehl die Tabelle:",
        "This page may only review. With the corrections as a file this command takes the spreadsheet in:",
    ),
    "import.download": Text("Korrekturen herunterladen", "Download the corrections"),
    "import.problems": Text("Hinweise", "Notes"),
    "import.error": Text("Fehler", "error"),
    "import.duplicates": Text("Doppelungen", "Duplicates"),
    "import.plans": Text("Gefundene Planwerke", "Plans found"),
    "import.show_plans": Text("Planwerke zeigen", "Show the plans"),
    "import.place": Text("Stelle", "Place"),
    "import.rows": Text("Jede Zeile mit ihrem Grund", "Every row with its reason"),
    "import.show_rows": Text("Zeilen zeigen", "Show the rows"),
    "import.by_sheet": Text("Blatt", "Sheet"),
    "import.by_class": Text("Art", "Class"),
    "import.row": Text("Zeile", "Row"),
    "import.all": Text("alle", "all"),
    "import.filter": Text("Anwenden", "Apply"),
    "import.no_rows": Text("Keine solchen Zeilen.", "No such rows."),
    "problem.413": Text("Zu groß", "Too large"),
    "problem.422": Text("So nicht zu übernehmen", "Cannot be taken in like this"),
}
