"""The words of a walk on the wall and in its file, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Mapping[str, Text] = {
    "walk": Text("Rundgang", "Walk"),
    "step": Text("Schritt {0} von {1}", "Step {0} of {1}"),
    "next": Text("Weiter", "Next"),
    "previous": Text("Zurück", "Back"),
    "leave": Text("Beenden", "Leave"),
    "nav": Text("Durch den Rundgang", "Through the walk"),
    "keys": Text(
        "Weiter mit Pfeil rechts, Bild ab oder Leertaste; zurück mit Pfeil links oder Bild auf; "
        "Pos1 und Ende springen an Anfang und Schluss; F füllt den Bildschirm.",
        "On with right arrow, Page Down or space; back with left arrow or Page Up; "
        "Home and End jump to the beginning and the end; F fills the screen.",
    ),
    "as_of": Text("Stand", "As of"),
    "shared": Text("Gemeinsam", "In common"),
    "leads": Text("Federführung", "Lead"),
    "no_lead": Text("nicht erfasst", "not recorded"),
    "coordination": Text("Abstimmung", "Coordination"),
    "no_coordination": Text("keine erfasst", "none recorded"),
    "wished": Text("gewollt: {0}", "wanted: {0}"),
    "coverage": Text("Betrachtet", "Looked at"),
    "sources": Text("Quellen", "Sources"),
    "state": Text("Stand", "State"),
    "changed": Text(
        "Seit der letzten Entscheidung haben sich die Belege geändert.",
        "The evidence has changed since the last decision.",
    ),
    "note": Text("Zur Sitzung", "For the meeting"),
    "gone": Text(
        "Dieser Hinweis besteht an diesem Tag nicht mehr.", "This finding no longer stands on this day."
    ),
    "gone_view": Text(
        "Diese Ansicht lässt sich nicht mehr zeichnen: {0}", "This view can no longer be drawn: {0}"
    ),
    "decide": Text("Beschluss oder Notiz festhalten", "Record a decision or note"),
    "decided": Text("In dieser Sitzung festgehalten", "Recorded in this meeting"),
    "earlier": Text("Schon entschieden", "Decided before"),
    "field_state": Text("Entscheidung", "Decision"),
    "field_none": Text("– noch keine –", "– none yet –"),
    "field_reason": Text("Grund", "Reason"),
    "field_role": Text("Entschieden durch (Stelle oder Rolle)", "Decided by (office or role)"),
    "field_paper": Text("Vorlage oder Niederschrift", "Paper or minutes"),
    "field_note": Text("Notiz", "Note"),
    "record": Text("Festhalten", "Record"),
    "recorded": Text("Festgehalten.", "Recorded."),
    "done": Text("Fertig", "Done"),
    "save": Text("Beschlüsse als Datei speichern", "Save decisions as a file"),
    "save_hint": Text(
        "Was hier geschrieben wird, bleibt in diesem Browser, auch nach dem Neuladen, bis es verworfen wird. Mitnehmen: "
        "als Datei speichern. Später übernehmen: planwerk import {0}",
        "What is written here stays in this browser, also after loading again, until it is discarded. To take it along: "
        "save it as a file. To take it in later: planwerk import {0}",
    ),
    "page_hint": Text(
        "Dieser Browser merkt sich nichts: Was hier geschrieben wird, steht nur in dieser Seite, bis es als Datei gespeichert "
        "ist. Später übernehmen: planwerk import {0}",
        "This browser keeps nothing: what is written here stands in this page alone until it is saved as a file. "
        "To take it in later: planwerk import {0}",
    ),
    "discard": Text("Entwürfe verwerfen", "Discard drafts"),
    "discard_sure": Text("Wirklich alle {0} verwerfen", "Really discard all {0}"),
    "discarded": Text("Die Entwürfe sind verworfen.", "The drafts are discarded."),
    "draft": Text(
        "Entwurf in diesem Browser, noch nicht festgehalten. Er übersteht das Neuladen.",
        "Draft in this browser, not recorded yet. It survives loading the page again.",
    ),
    "left": Text("Noch nicht gespeichert, vom {1}: {0}", "Not saved yet, of {1}: {0}"),
    "notes_before": Text("Schon notiert", "Noted before"),
    "saved": Text("{0} gespeichert: {1} Einträge.", "{0} saved: {1} entries."),
    "kept": Text("{0} Einträge, noch nicht gespeichert.", "{0} entries, not saved yet."),
    "nothing": Text("Noch nichts festgehalten.", "Nothing recorded yet."),
    "lacks_reason": Text(
        "Zu einer Entscheidung fehlt der Grund. Bitte bei Schritt {0} ergänzen.",
        "A decision has no reason. Please add it at step {0}.",
    ),
    "lacks_state": Text(
        "Ein Grund steht ohne Entscheidung. Bitte bei Schritt {0} wählen oder den Grund als Notiz schreiben.",
        "A reason stands without a decision. Please choose one at step {0}, or write the reason as a note.",
    ),
    "lacks_role": Text(
        "Zu einer Entscheidung fehlt, wer entschieden hat. Bitte bei Schritt {0} ergänzen.",
        "A decision does not say who decided. Please add it at step {0}.",
    ),
    "undecided": Text("offen", "open"),
    "listed": Text("Hinweise und Entscheidungen", "Findings and decisions"),
    "to_decide": Text("Hinweis", "Finding"),
    "answer": Text("Entscheidung", "Decision"),
    "no_findings": Text("Dieser Rundgang kommt an keinem Hinweis vorbei.", "This walk comes by no finding."),
    "steps": Text("Schritte", "Steps"),
    "present": Text("Vorführen", "Present"),
}

FACETS: Mapping[str, Text] = {
    "topic": Text("Thema", "topic"),
    "targetGroup": Text("Zielgruppe", "target group"),
    "area": Text("Raum", "area"),
}
