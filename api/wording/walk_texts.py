"""The words of the pages of walks in German and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

WALK_TEXTS: Mapping[str, Text] = {
    "nav.walks": Text("Rundgänge", "Walks"),
    "walks.title": Text("Rundgänge für Sitzungen", "Walks for meetings"),
    "walks.lead": Text(
        "Schritt für Schritt durch Bilder und Hinweise, für den Beamer und ohne Netz.",
        "Step by step through pictures and findings, for the projector and without network.",
    ),
    "walks.none": Text("Noch ist kein Rundgang vorbereitet.", "No walk is prepared yet."),
    "walks.how": Text("Einen Rundgang aus offenen Hinweisen machen:", "To make a walk from open findings:"),
    "walks.steps": Text("{count} Schritte", "{count} steps"),
    "walks.no_steps": Text("Dieser Rundgang hat noch keine Schritte.", "This walk has no steps yet."),
    "walks.card": Text("Hinweis mit allen Belegen", "Finding with all evidence"),
    "walks.view": Text("Ansicht im Graphen", "View in the graph"),
    "walks.file": Text("Als eine Datei ohne Netz", "As one file without network"),
    "walks.only_read": Text(
        "Hier werden Rundgänge gelesen und vorgeführt. Vorbereitet werden sie auf der Kommandozeile, oder auf dieser Seite, "
        "wenn die Betreiberin sie mit diesem Befehl startet:",
        "Walks are read and presented here. They are prepared on the command line, or on this page where the operator "
        "starts it with this command:",
    ),
    "walks.add": Text("Zum Rundgang hinzufügen", "Add to a walk"),
    "walks.picture": Text("Als Bild ansehen", "Look at it as a picture"),
    "walks.in": Text("Im Rundgang", "In the walk"),
    "walks.adding": Text("Wohin soll das?", "Where is this to go?"),
    "walks.add_here": Text("Hier hinzufügen", "Add here"),
    "walks.add_command": Text("Auf der Kommandozeile:", "On the command line:"),
    "walks.new": Text("Neuer Rundgang", "New walk"),
    "walks.field.title": Text("Titel", "Title"),
    "walks.field.title_de": Text("Titel auf Deutsch", "Title in German"),
    "walks.field.title_en": Text("Titel auf Englisch", "Title in English"),
    "walks.hint.title_en": Text("Leer: derselbe wie auf Deutsch.", "Empty: the same as in German."),
    "walks.field.day": Text("Stand (Tag)", "As of (day)"),
    "walks.hint.day": Text(
        "Hinweise und Bilder gelten für diesen Tag. Leer: für den Tag der Vorführung.",
        "Findings and pictures hold for this day. Empty: for the day on which it is presented.",
    ),
    "walks.field.fill": Text("Womit beginnen?", "Begin with what?"),
    "walks.fill.findings": Text(
        "Mit den ersten offenen Hinweisen jeder Art", "With the first open findings of each kind"
    ),
    "walks.fill.empty": Text("Leer, ich füge selbst hinzu", "Empty, I add myself"),
    "walks.field.top": Text("Höchstens so viele Hinweise", "At most so many findings"),
    "walks.create": Text("Rundgang anlegen", "Make the walk"),
    "walks.present": Text("Vorführen", "Present"),
    "walks.edit": Text("Bearbeiten", "Edit"),
    "walks.editing": Text("Rundgang bearbeiten", "Edit a walk"),
    "walks.read": Text("Ansehen", "Read"),
    "walks.gone": Text("Kürzlich gelöscht", "Deleted of late"),
    "walks.restore": Text("Zurückholen", "Have back"),
    "walks.about": Text("Titel und Stand", "Title and day"),
    "walks.name_stays": Text(
        "Die Kennung {name} bleibt, damit Beschlüsse dem Rundgang zugeordnet bleiben.",
        "The id {name} stays, so that decisions keep belonging to the walk.",
    ),
    "walks.save": Text("Speichern", "Save"),
    "walks.save_all": Text("Titel, Stand und alle Notizen speichern", "Save title, day and all notes"),
    "walks.the_steps": Text("Schritte", "Steps"),
    "walks.note": Text("Notiz für die Sitzung", "Note for the meeting"),
    "walks.up": Text("Schritt {n} nach vorn", "Move step {n} forward"),
    "walks.down": Text("Schritt {n} nach hinten", "Move step {n} back"),
    "walks.remove": Text("Schritt {n} entfernen", "Remove step {n}"),
    "walks.remove_short": Text("Entfernen", "Remove"),
    "walks.typed": Text(
        "Getippt und noch nicht gespeichert. Gespeichert ist:", "Typed and not stored yet. Stored is:"
    ),
    "walks.typed_none": Text("nichts", "nothing"),
    "walks.lost": Text(
        "Diese Texte gehörten zu Schritten, die es nicht mehr gibt. Bitte hier herauskopieren:",
        "These texts belonged to steps that are gone. Please copy them from here:",
    ),
    "walks.gone_finding": Text(
        "Dieser Hinweis besteht an diesem Tag nicht mehr.", "This finding no longer stands on this day."
    ),
    "walks.field.what": Text(
        "Adresse eines Hinweises oder Bildes, oder Kennung eines Hinweises",
        "Address of a finding or picture, or id of a finding",
    ),
    "walks.hint.what": Text(
        "Einfacher geht es auf der Seite des Hinweises oder unter dem Bild: „Zum Rundgang hinzufügen“.",
        "It is simpler on the page of the finding or below the picture: “Add to a walk”.",
    ),
    "walks.add_step": Text("Schritt hinzufügen", "Add a step"),
    "walks.to_findings": Text("Hinweise ansehen", "Look at the findings"),
    "walks.to_graph": Text("Bilder ansehen", "Look at the pictures"),
    "walks.changes": Text("Was geändert wurde", "What was changed"),
    "walks.from_to": Text("{before} → {after} Schritte", "{before} → {after} steps"),
    "walks.undo": Text("Zurücknehmen", "Take back"),
    "walks.undo_to": Text("Den Stand davor wiederherstellen", "Restore the state before"),
    "walks.more": Text("Verdoppeln oder löschen", "Copy or delete"),
    "walks.copy": Text("Rundgang verdoppeln", "Copy the walk"),
    "walks.delete": Text("Rundgang löschen …", "Delete the walk …"),
    "walks.delete_title": Text("Rundgang löschen?", "Delete the walk?"),
    "walks.delete_text": Text(
        "Der Rundgang „{title}“ mit {count} Schritten wird gelöscht. Beschlüsse, die schon übernommen sind, bleiben. "
        "Auf der Seite der Rundgänge lässt er sich zurückholen.",
        "The walk “{title}” with {count} steps will be deleted. Decisions that are stored already stay. "
        "On the page of walks it can be had back.",
    ),
    "walks.delete_yes": Text("Ja, löschen", "Yes, delete"),
    "walks.delete_no": Text("Nein, behalten", "No, keep"),
    "walks.done.made": Text("Der Rundgang ist angelegt.", "The walk is made."),
    "walks.done.saved": Text("Gespeichert.", "Saved."),
    "walks.done.up": Text("Verschoben; er ist jetzt Schritt {at}.", "Moved; it is step {at} now."),
    "walks.done.down": Text("Verschoben; er ist jetzt Schritt {at}.", "Moved; it is step {at} now."),
    "walks.done.remove": Text(
        "Schritt {at} ist entfernt. Unten lässt sich das zurücknehmen.",
        "Step {at} is removed. Below it can be taken back.",
    ),
    "walks.done.add": Text("Hinzugefügt als Schritt {at}.", "Added as step {at}."),
    "walks.done.there": Text(
        "Das steht schon im Rundgang, als Schritt {at}.", "This is in the walk already, as step {at}."
    ),
    "walks.done.copied": Text(
        "Das ist die Kopie; das Original ist unverändert.", "This is the copy; the original is unchanged."
    ),
    "walks.done.undone": Text(
        "Zurückgenommen. Auch das steht im Änderungsprotokoll.",
        "Taken back. This too stands in the change log.",
    ),
    "walks.done.deleted": Text(
        "Der Rundgang ist gelöscht. Hier unten lässt er sich zurückholen.",
        "The walk is deleted. Below it can be had back.",
    ),
}
