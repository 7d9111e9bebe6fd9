"""Every word of the surface in German and English, by key; ``{…}`` takes a value.

Names of things, classes and properties are not here: they come from the data and the vocabulary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cities.texts import CITY_TEXTS
from api.taking_in.texts import IMPORT_TEXTS
from api.wording.question_texts import QUESTION_TEXTS
from api.wording.sparql_texts import SPARQL_TEXTS
from api.wording.walk_texts import WALK_TEXTS
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Mapping[str, Text] = {
    # the frame of every page
    "skip": Text("Zum Inhalt springen", "Skip to the content"),
    "nav.main": Text("Hauptbereiche", "Main areas"),
    "nav.plans": Text("Planwerke", "Plans"),
    "nav.findings": Text("Hinweise", "Findings"),
    "nav.graph": Text("Graph", "Graph"),
    "nav.questions": Text("Fragen", "Questions"),
    "nav.language": Text("Sprache", "Language"),
    "nav.here": Text("Sie sind hier", "You are here"),
    "nav.start": Text("Start", "Start"),
    "nav.inventory": Text("Bestand", "Inventory"),
    "nav.data": Text("Daten und Schnittstellen", "Data and interfaces"),
    "nav.vocabulary": Text("Vokabular", "Vocabulary"),
    "nav.docs": Text("Schnittstellen", "Interfaces"),
    "nav.export": Text("Gesamter Bestand als TriG", "Whole store as TriG"),
    "foot.state": Text("Stand der Daten", "State of the data"),
    "foot.hint": Text(
        "Planungsinformation aus öffentlichen Unterlagen. Was hier fehlt, muss nicht fehlen: "
        "Leer heißt, dass die gesehene Quelle es nicht sagt.",
        "Planning information from public records. What is missing here need not be missing: "
        "empty means that the source seen does not say it.",
    ),
    # search
    "search.label": Text("Suche", "Search"),
    "search.hint": Text("Planwerk, Ziel, Amt, Thema …", "Plan, goal, department, topic …"),
    "search.go": Text("Suchen", "Search"),
    "search.title": Text("Suche", "Search"),
    "search.for": Text("Suche nach „{q}“", "Search for “{q}”"),
    "search.none": Text(
        "Nichts gefunden. Weniger oder kürzere Wörter helfen; Umlaute können als ae, oe, ue geschrieben "
        "sein.",
        "Nothing found. Fewer or shorter words help; umlauts may be written ae, oe, ue.",
    ),
    "search.total": Text("{n} Treffer", "{n} hits"),
    "search.all": Text("alle {n} anzeigen", "show all {n}"),
    "search.every": Text("Treffer aller Arten", "Hits of all kinds"),
    "search.empty": Text("Bitte ein Suchwort eingeben.", "Please enter a word to search for."),
    "search.near": Text(
        "So geschrieben kommt „{q}“ in keinem Namen vor. Ähnlich geschrieben sind:",
        "No name is spelt like “{q}”. Spelt similarly:",
    ),
    "suggest.label": Text("Vorschläge", "Suggestions"),
    "suggest.found": Text(
        "Vorschläge: {n}. Auswahl mit den Pfeiltasten.", "Suggestions: {n}. Choose with the arrow keys."
    ),
    "suggest.none": Text("Keine Vorschläge.", "No suggestions."),
    "which.title": Text("Was ist gemeint?", "Which one is meant?"),
    "which.lead": Text(
        "„{typed}“ ist nicht eindeutig. Gemeint sein kann:", "“{typed}” is not clear. It may mean:"
    ),
    "which.back": Text("Zurück zum Graphen", "Back to the graph"),
    "thing.connect_to": Text("Verbunden mit", "Connected with"),
    # start
    "start.title": Text("Alle Planwerke einer Stadt, zusammen gesehen", "All plans of a city, seen together"),
    "start.lead": Text(
        "Planwerk zeigt, welche Planungsinstrumente es gibt, wer sie führt, wo sie sich überschneiden "
        "und wo etwas fehlt. "
        "Jede Angabe nennt ihre Quelle.",
        "Planwerk shows which planning instruments there are, who leads them, where they overlap and "
        "where something is "
        "missing. Every statement names its source.",
    ),
    "start.empty": Text(
        "Dieser Speicher ist noch leer. So kommen Daten hinein:",
        "This store is still empty. This is how data get in:",
    ),
    "start.top_overlaps": Text(
        "Überschneidungen, über die zu sprechen lohnt", "Overlaps worth talking about"
    ),
    "start.top_overlaps_hint": Text(
        "Verschiedene Federführungen, in Kraft oder in Arbeit, eine Abstimmung ist nicht erfasst.",
        "Different leads, in force or in preparation, no coordination recorded.",
    ),
    "start.no_overlaps": Text("Heute ist keine offen.", "None is open today."),
    "start.top_gaps": Text("Lücken, die am meisten berühren", "Gaps that touch the most"),
    "start.top_gaps_hint": Text(
        "Aus jeder gewichtigen Art die am stärksten vernetzte.",
        "The most connected one of each weighty kind.",
    ),
    "start.no_gaps": Text("Heute ist keine gefunden.", "None is found today."),
    "start.all_findings": Text("Alle {n} Hinweise", "All {n} findings"),
    "start.holds": Text("Was erfasst ist", "What is recorded"),
    "start.fresh": Text("Wie aktuell die Angaben sind", "How fresh the data are"),
    "start.delivered": Text("Stand der Zusammenstellung", "Date of the compilation"),
    "start.newest": Text("Jüngste Quelle", "Newest source"),
    "start.changed": Text("Zuletzt eingelesen", "Last imported"),
    "start.by": Text("durch {who}", "by {who}"),
    "start.index": Text("Abfragen", "Queries"),
    "start.undated": Text("Quellen ohne Datum", "Sources without a date"),
    "start.of": Text("{n} von {total}", "{n} of {total}"),
    "start.ways": Text("Andere Wege hinein", "Other ways in"),
    "start.to_graph": Text("Der Graph", "The graph"),
    "start.to_graph_hint": Text(
        "Dienststellen, Planwerke, Zielgruppen und Instrumente in Bahnen, von links nach rechts zu lesen.",
        "Departments, plans, target groups and instruments in lanes, read from left to right.",
    ),
    "start.to_questions": Text("Fertige Fragen", "Ready-made questions"),
    "start.to_questions_hint": Text(
        "Was galt an einem Tag? Wer plant am Kaiserplatz? Mit Formular, Antwort und SPARQL.",
        "What was in force on a day? Who plans at a place? With form, answer and SPARQL.",
    ),
    "start.to_plans": Text("Alle Planwerke", "All plans"),
    "start.to_plans_hint": Text(
        "Tabelle mit Federführung, Stand und Zeitraum; nach Thema, Zielgruppe und Raum zu filtern.",
        "A table with lead, standing and period; filtered by topic, target group and area.",
    ),
    "start.standings": Text("Stand der Planwerke am {day}", "Standing of the plans on {day}"),
    # standing of plans
    "standing.in force": Text("in Kraft", "in force"),
    "standing.in preparation": Text("in Erarbeitung", "in preparation"),
    "standing.not yet": Text("noch nicht in Kraft", "not yet in force"),
    "standing.replaced": Text("abgelöst", "replaced"),
    "standing.ended": Text("ausgelaufen", "ended"),
    "standing.unknown": Text("Stand nicht erhoben", "standing not recorded"),
    "standing.on": Text("am {day}", "on {day}"),
    # kinds of empty
    "empty.unstated": Text("nicht erhoben", "not collected"),
    "empty.none": Text("gibt es nicht (erfragt)", "there is none (asked)"),
    "empty.notAsked": Text("nicht erfragt", "not asked"),
    "empty.unknown": Text("unbekannt (erfragt)", "unknown (asked)"),
    "empty.cell": Text("–", "–"),
    # evidence
    "cite.source": Text("Quelle", "Source"),
    "cite.undated": Text("ohne Datum", "undated"),
    "cite.open": Text("Fundstelle von „{title}“ öffnen", "Open the place of “{title}”"),
    "cite.assigned": Text("zugeordnet", "assigned"),
    "cite.assigned_hint": Text(
        "„zugeordnet“: steht so nicht in der Quelle, sondern wurde bei der Zusammenstellung vergeben; "
        "ein erster Vorschlag.",
        "“assigned”: the source does not say it literally; it was given when the data were compiled, as "
        "a first proposal.",
    ),
    "fact.kind": Text("Art", "Kind"),
    "fact.disagree": Text("Quellen widersprechen sich", "Sources disagree"),
    "fact.since": Text("seit {day}", "since {day}"),
    # pages of things
    "thing.facts": Text("Angaben", "Facts"),
    "thing.goals": Text("Ziele und ihre Steuerung", "Goals and their steering"),
    "thing.goal": Text("Ziel", "Goal"),
    "thing.target": Text("Zielwert", "Target"),
    "thing.by": Text("bis {day}", "by {day}"),
    "thing.steered_by": Text("Gesteuert durch", "Steered by"),
    "thing.unsteered": Text(
        "Instrument, Maßnahme, Kennzahl: nicht erhoben", "instrument, measure, indicator: not collected"
    ),
    "thing.no_goals": Text("Ziele:", "Goals:"),
    "thing.moments": Text("Weg durch die Gremien", "Way through the bodies"),
    "thing.moments_hint": Text(
        "In der Reihenfolge der Tage; ohne Datum am Ende.", "In the order of the days; undated last."
    ),
    "thing.relations": Text("Beziehungen", "Relations"),
    "thing.relations_hint": Text(
        "Absichten und Forderungen sind keine Tatsachen; sie stehen mit ihrer Marke hinter den Tatsachen.",
        "Intentions and demands are no facts; they stand with their mark after the facts.",
    ),
    "thing.editions": Text("Ausgaben der Reihe", "Editions of the series"),
    "thing.groups": Text("Verbindungen", "Connections"),
    "thing.findings": Text("Hinweise dazu", "Findings about it"),
    "thing.said": Text("Was diese Quelle sagt", "What this source says"),
    "thing.said_count": Text("{n} Aussagen zu {m} Dingen", "{n} statements about {m} things"),
    "thing.said_about": Text("Alle Aussagen", "All statements"),
    "similar.title": Text("Ähnliche Planwerke", "Similar plans"),
    "similar.kind": Text("Vorschlag", "suggestion"),
    "similar.show": Text("{n} Planwerke ansehen", "look at {n} plans"),
    "similar.show_one": Text("ein Planwerk ansehen", "look at one plan"),
    "similar.words": Text("Wörter in beiden", "words in both"),
    "similar.count": Text("({count} von {of} Planwerken)", "({count} of {of} plans)"),
    "similar.finding": Text("Hinweis dazu", "Finding about it"),
    "similar.overlap": Text("auch als Überschneidung gemeldet", "also reported as an overlap"),
    "goals_like.title": Text("Gibt es das Ziel schon?", "Is the goal there already?"),
    "goals_like.lead": Text(
        "Bevor ein Ziel erfasst wird: Welche erfassten Ziele ähneln seinem Wortlaut?",
        "Before a goal is recorded: which recorded goals resemble its wording?",
    ),
    "goals_like.text": Text("Wortlaut des Ziels", "Wording of the goal"),
    "goals_like.go": Text("Vergleichen", "Compare"),
    "goals_like.found": Text("Ähnliche Ziele", "Similar goals"),
    "goals_like.plan": Text("Planwerk", "Plan"),
    "goals_like.no_plan": Text("kein Planwerk erfasst", "no plan recorded"),
    "thing.more": Text("{n} weitere", "{n} more"),
    "thing.in_graph": Text("Im Graphen ansehen", "See in the graph"),
    "thing.data": Text("Als Daten", "As data"),
    "thing.id": Text("Kennung", "Id"),
    "thing.iri": Text("IRI", "IRI"),
    "thing.undated": Text("ohne Datum", "undated"),
    "moment.paper": Text("Vorlage", "Paper"),
    "moment.step": Text("Beratung", "Deliberation"),
    "moment.event": Text("Ereignis", "Event"),
    "day.label": Text("Betrachteter Tag", "Day looked at"),
    "day.go": Text("Anwenden", "Apply"),
    # lists
    "list.count": Text("{n} Einträge", "{n} entries"),
    "list.search": Text("Im Namen suchen", "Search in names"),
    "list.any": Text("alle", "all"),
    "list.apply": Text("Anwenden", "Apply"),
    "list.reset": Text("Zurücksetzen", "Reset"),
    "list.none": Text("Kein Eintrag passt.", "No entry fits."),
    "list.pages": Text("Seiten", "Pages"),
    "list.page": Text("Seite {n} von {total}", "Page {n} of {total}"),
    "list.previous": Text("vorige Seite", "previous page"),
    "list.next": Text("nächste Seite", "next page"),
    "list.table": Text("Tabelle: {name}", "Table: {name}"),
    "column.name": Text("Name", "Name"),
    "column.standing": Text("Stand", "Standing"),
    "column.period": Text("Zeitraum", "Period"),
    "column.<pursues": Text("Planwerk", "Plan"),
    "column.<supports": Text("Instrumente, Maßnahmen", "Instruments, measures"),
    "column.measuredBy": Text("Kennzahlen", "Indicators"),
    "filter.department": Text("Federführung", "Lead"),
    "filter.topic": Text("Thema", "Topic"),
    "filter.target_group": Text("Zielgruppe", "Target group"),
    "filter.area": Text("Raum", "Area"),
    "filter.status": Text("Stand", "Standing"),
    # findings
    "findings.title": Text("Hinweise", "Findings"),
    "findings.lead": Text(
        "Überschneidungen und Lücken, die Regeln am {day} finden. Jeder Hinweis ist eine Frage an die "
        "Beteiligten, kein Urteil.",
        "Overlaps and gaps that rules find on {day}. Each finding is a question to those involved, not "
        "a verdict.",
    ),
    "findings.kind": Text("Art", "Kind"),
    "findings.band": Text("Band", "Band"),
    "findings.plan": Text("Planwerk", "Plan"),
    "findings.usual": Text("stark und mittel, alle Lücken", "stark and mittel, all gaps"),
    "findings.count": Text("{n} Hinweise", "{n} findings"),
    "findings.none": Text("Kein Hinweis passt zu dieser Auswahl.", "No finding fits this selection."),
    "findings.coverage": Text("Was betrachtet wurde", "What was looked at"),
    "findings.jump": Text("Arten auf dieser Seite", "Kinds on this page"),
    "findings.plans": Text("Betroffene Planwerke", "Plans concerned"),
    "findings.card": Text("Karte ansehen", "See the card"),
    "hint.overlap": Text(
        "Verschiedene Dienststellen planen Ähnliches. Ob das gewollt ist, wissen nur sie.",
        "Different departments plan similar things. Only they know whether that is intended.",
    ),
    "hint.coordinated": Text(
        "Ein Weg der Abstimmung ist belegt; er steht auf der Karte.",
        "A way of coordination is recorded; the card names it.",
    ),
    "hint.other-bearer": Text(
        "Gleiche Sache, andere Körperschaft: oft ein rechtmäßiges Nebeneinander.",
        "Same matter, another public body: often a legitimate side by side.",
    ),
    "hint.lead-unknown": Text(
        "Ohne Federführung lässt sich nicht sagen, wer sich abstimmen müsste.",
        "Without a lead nobody can say who would have to coordinate.",
    ),
    "band.stark": Text("stark", "strong"),
    "band.mittel": Text("mittel", "medium"),
    "band.schwach": Text("schwach", "weak"),
    "band.alle": Text("alle Bänder", "all bands"),
    "band.belegt": Text("belegt", "evidenced"),
    "band.hinweis": Text("Hinweis", "hint"),
    "band.stark.why": Text(
        "Bei zufälliger Zuordnung wäre stadtweit höchstens ein solches Paar zu erwarten.",
        "If concepts were dealt by chance, at most one such pair would be expected in the whole city.",
    ),
    "band.mittel.why": Text(
        "Bei zufälliger Zuordnung wären stadtweit höchstens zehn solche Paare zu erwarten.",
        "If concepts were dealt by chance, at most ten such pairs would be expected in the whole city.",
    ),
    "band.schwach.why": Text(
        "Beide teilen ein Thema, eine engere Zielgruppe und einen Raum, insgesamt aber wenig.",
        "Both share a topic, a specific target group and an area, but little in all.",
    ),
    "band.belegt.why": Text(
        "Danach wurde gefragt, oder die Angabe ist als vollständig erklärt.",
        "It was asked for, or the facet is declared complete.",
    ),
    "band.hinweis.why": Text(
        "Vielleicht ist es nur nicht erhoben; niemand hat es ausdrücklich verneint.",
        "Perhaps it is only not collected; nobody has denied it explicitly.",
    ),
    "state.offen": Text("offen", "open"),
    "state.bestätigt": Text("bestätigt", "confirmed"),
    "state.gewollt": Text("gewollt", "intended"),
    "state.verworfen": Text("verworfen", "rejected"),
    "state.erledigt": Text("erledigt", "dealt with"),
    "card.decisions": Text("Entscheidungen", "Decisions"),
    "card.changed": Text(
        "Seit der letzten Entscheidung haben sich die Aussagen geändert, auf denen der Hinweis beruht.",
        "Since the last decision the statements that the finding rests on have changed.",
    ),
    "card.and": Text("und", "and"),
    "card.shared": Text("Was beide teilen", "What both share"),
    "card.count": Text("{count} von {of} Planwerken", "{count} of {of} plans"),
    "card.weight": Text("Gewicht", "Weight"),
    "card.how_common": Text("Wie verbreitet", "How common"),
    "card.norm": Text("Norm", "Norm"),
    "card.concept": Text("Begriff", "Concept"),
    "card.only": Text("Nur hier", "Only here"),
    "card.only_none": Text("nichts", "nothing"),
    "card.sides": Text("Die Beteiligten", "Those involved"),
    "card.about": Text("Worum es geht", "What it is about"),
    "card.leads": Text("Federführung", "Lead"),
    "card.no_lead": Text("nicht erfasst", "not recorded"),
    "card.period": Text("Gemeinsamer Zeitraum", "Common period"),
    "card.bearers": Text("Trägerschaft", "Public bodies"),
    "card.coordination": Text("Abstimmung", "Coordination"),
    "card.facts": Text("Belegt abgestimmt durch", "Coordinated as a matter of fact through"),
    "card.wishes": Text(
        "Gewünscht oder gefordert, nicht als vollzogen belegt", "Wanted or demanded, not recorded as done"
    ),
    "card.not_recorded": Text("Eine Abstimmung ist nicht erfasst.", "No coordination is recorded."),
    "card.evidence": Text("Worauf der Hinweis beruht", "What the finding rests on"),
    "card.rule": Text("Regel", "Rule"),
    "card.rule_name": Text("{id}, Fassung {version}", "{id}, version {version}"),
    "card.criterion": Text("Maßstab", "Criterion"),
    "card.score": Text("Ähnlichkeit", "Similarity"),
    "card.thresholds": Text(
        "stark ab {stark}, mittel ab {mittel}", "strong from {stark}, medium from {mittel}"
    ),
    "card.share": Text("Anteil nicht erhoben", "Share not collected"),
    "card.share_text": Text(
        "{gaps} von {looked_at} betrachteten fehlen; bei {not_recorded} davon ist es vielleicht nur "
        "nicht erhoben.",
        "{gaps} of {looked_at} looked at are missing; for {not_recorded} of them it may only not be "
        "collected.",
    ),
    "card.state": Text("Stand der Bearbeitung", "State"),
    "facet.topic": Text("Thema", "Topic"),
    "facet.targetGroup": Text("Zielgruppe", "Target group"),
    "facet.area": Text("Raum", "Area"),
    "facets.topic": Text("Themen", "Topics"),
    "facets.targetGroup": Text("Zielgruppen", "Target groups"),
    "facets.area": Text("Räume", "Areas"),
    "bearers.same": Text("dieselbe Körperschaft", "the same public body"),
    "bearers.nested": Text("eine Dienststelle gehört zur anderen", "one unit belongs to the other"),
    "bearers.different": Text("verschiedene Körperschaften", "different public bodies"),
    "bearers.unknown": Text("nicht erfasst", "not recorded"),
    "way.participation": Text("Beteiligung", "Participation"),
    "way.body": Text("gemeinsames Gremium", "Shared body"),
    "way.instrument": Text("gemeinsames Instrument", "Shared instrument"),
    "way.relation": Text("erfasste Beziehung", "Recorded relation"),
    "modality.intention": Text("Absicht", "intention"),
    "modality.demand": Text("Forderung", "demand"),
    # ways of looking at findings
    "views.label": Text("Ansichten der Hinweise", "Views of the findings"),
    "views.findings": Text("Liste", "List"),
    "views.duties": Text("Pflichten", "Duties"),
    "views.matrix": Text("Matrix", "Matrix"),
    "views.groups": Text("Gruppen", "Groups"),
    "views.seats": Text("Wer fehlt am Tisch?", "Who is missing?"),
    "views.whatif": Text("Was wäre, wenn …", "What if …"),
    "views.findings/changes": Text("Veränderungen", "Changes"),
    "start.to_duties": Text("Planungspflichten", "Planning duties"),
    "start.to_duties_hint": Text(
        "Was das Gesetz verlangt, bis wann, und was darüber bekannt ist.",
        "What the law demands, by when, and what is known about it.",
    ),
    "start.to_matrix": Text("Matrix", "Matrix"),
    "start.to_matrix_hint": Text(
        "Themen × Zielgruppen mit Anzahl und Erwartung; Planwerke × Planwerke mit ihren Bändern.",
        "Topics × target groups with counts and expectation; plans × plans with their bands.",
    ),
    "start.to_seats": Text("Wer fehlt am Tisch?", "Who is missing at the table?"),
    "start.to_seats_hint": Text(
        "Je Thema: wer betroffen ist, wer in den Gremien sitzt und wer nicht.",
        "By topic: who has a stake, who sits in the bodies and who does not.",
    ),
    # duties
    "duties.title": Text("Planungspflichten", "Planning duties"),
    "duties.banner": Text(
        "Ob eine Pflicht erfüllt ist, bestätigt eine Person; bis dahin steht hier nur, was erfasst ist.",
        "Whether a duty is fulfilled is confirmed by a person; until then this page only shows what is recorded.",
    ),
    "duties.none": Text(
        "Es sind keine Planungspflichten erfasst. So kommen sie hinein:",
        "No planning duties are recorded. This is how they get in:",
    ),
    "duties.lead": Text(
        "Was das Recht von {body} am {day} an Planung verlangt, nach Frist geordnet.",
        "Which planning the law demands of {body} on {day}, by deadline.",
    ),
    "duties.nobody": Text("keiner erfassten Körperschaft", "no recorded public body"),
    "duties.delegation": Text("Übertragene Aufgaben", "Tasks handed over"),
    "delegation.on": Text("beim Empfänger", "with whom they went to"),
    "delegation.off": Text("nach der Rechtsstellung allein", "by legal status alone"),
    "duties.answer": Text("Antwort", "Answer"),
    "duties.body": Text("Körperschaft", "Public body"),
    "duties.part.ours": Text("Was uns bindet", "What binds us"),
    "duties.part.open": Text("Was noch zu prüfen ist", "What is still to be checked"),
    "duties.part.others": Text("Was andere bindet", "What binds others"),
    "duties.why.ours": Text(
        "Die Norm gilt, richtet sich an eine unserer Rollen, und niemand hat die Aufgabe übernommen.",
        "The norm is in force, addresses one of our roles, and nobody took the task over.",
    ),
    "duties.why.open": Text(
        "Ob die Bedingung vorliegt oder an wen sich die Norm richtet, ist nicht geprüft.",
        "Whether the condition is met, or whom the norm addresses, was not checked.",
    ),
    "duties.why.others": Text(
        "Übertragen, an andere gerichtet, oder die Bedingung liegt nicht vor.",
        "Handed over, addressed to others, or the condition is not met.",
    ),
    "duties.silent": Text("An diesem Tag nicht in Kraft", "Not in force on this day"),
    "duties.overdue": Text("verstrichen", "passed"),
    "duties.no_due": Text("keine Frist bekannt", "no deadline known"),
    "duties.no_norm": Text("keine Norm gefunden", "no norm found"),
    "duties.since": Text("Fassung ab {day}", "version from {day}"),
    "duties.since_unknown": Text("Beginn der Fassung nicht erhoben", "start of the version not collected"),
    "duties.until": Text("bis {day}", "until {day}"),
    "duties.condition": Text("Bedingung", "Condition"),
    "duties.delegated": Text("Übertragen an", "Handed over to"),
    "duties.more": Text("Einzelheiten", "Details"),
    "duties.addressee": Text("Richtet sich an", "Addresses"),
    "duties.cycle": Text("Turnus", "Cycle"),
    "duties.claims": Text("Als Erfüllung genannt", "Named as fulfilment"),
    "duties.no_plan": Text("kein Planwerk", "no plan"),
    "duties.no_claim": Text("nicht erfasst", "not recorded"),
    "duties.candidates": Text("Mögliche Planwerke", "Possible plans"),
    "duties.coordination": Text("Abzustimmen mit", "To be coordinated with"),
    "duties.participation": Text("Beteiligung", "Participation"),
    "duties.unchecked": Text("Nicht geprüft", "Not checked"),
    "duties.text": Text("Fundstelle", "Place"),
    "duties.record": Text("Eintrag {id}", "Record {id}"),
    "duties.note": Text("Anmerkung", "Note"),
    # matrices
    "matrix.topics": Text("Themen × Zielgruppen", "Topics × target groups"),
    "matrix.plans": Text("Planwerke × Planwerke", "Plans × plans"),
    "matrix.topic": Text("Thema", "Topic"),
    "matrix.topics_lead": Text(
        "Wie viele offene Planwerke ein Thema mit einer Zielgruppe verbinden; darunter klein, wie viele nach "
        "den Anteilen von Thema und Zielgruppe zu erwarten wären.",
        "How many open plans join a topic with a target group; below in small, how many were to be expected "
        "by the shares of topic and group.",
    ),
    "matrix.empty": Text("Ein leeres Feld ist deshalb kein Alarm.", "An empty cell therefore is no alarm."),
    "matrix.topics_legend": Text(
        "Große Zahl: erfasste Planwerke. Kleine Zahl: Erwartung (Planwerke zum Thema mal Planwerke für die "
        "Zielgruppe, geteilt durch alle). *: Zielgruppe, die alle umfasst; sie wird nie als Lücke gelesen.",
        "Large number: plans recorded. Small number: expectation (plans on the topic times plans for the "
        "group, over all). *: group that covers everybody; it is never read as a gap.",
    ),
    "matrix.cell": Text("{n} Planwerke: {topic} für {group}", "{n} plans: {topic} for {group}"),
    "matrix.expected": Text("erwartet", "expected"),
    "matrix.chosen": Text("{n} Planwerke", "{n} plans"),
    "matrix.plans_lead": Text(
        "{n} Planwerke mit mindestens einem ähnlichen anderen, {pairs} Paare. Jedes Zeichen führt zur Karte.",
        "{n} plans with at least one similar other, {pairs} pairs. Each sign leads to the card.",
    ),
    "matrix.order": Text("Ordnen nach", "Order by"),
    "order.lead": Text("Federführung", "lead"),
    "order.title": Text("Titel", "title"),
    "order.band": Text("Band", "band"),
    "bands.usual": Text("stark und mittel", "strong and medium"),
    "bands.stark": Text("nur stark", "strong only"),
    "bands.alle": Text("auch schwach", "also weak"),
    "pair.overlap": Text("keine Abstimmung erfasst", "no coordination recorded"),
    "pair.coordinated": Text("bereits abgestimmt", "already coordinated"),
    "pair.other-bearer": Text("andere Trägerschaft", "different bearers"),
    "pair.lead-unknown": Text("Federführung nicht erfasst", "lead not recorded"),
    # groups
    "groups.title": Text("Planwerke, die genau dasselbe teilen", "Plans that share exactly the same"),
    "groups.lead": Text(
        "Die zehn gewichtigsten Gruppen aus mindestens drei Planwerken verschiedener Federführung. Kein "
        "weiteres Planwerk hat alles, was sie gemeinsam haben.",
        "The ten weightiest groups of at least three plans of different leads: no further plan has all that "
        "they have in common.",
    ),
    "groups.these": Text("Diese {n} Planwerke teilen genau …", "These {n} plans share exactly …"),
    "groups.leads": Text("{n} Federführungen", "{n} leads"),
    "groups.weight": Text(
        "Gewicht: Summe dessen, wie selten die gemeinsamen Begriffe sind; was alle haben, wiegt nichts.",
        "Weight: the sum of how rare the shared concepts are; what all have weighs nothing.",
    ),
    "groups.none": Text(
        "Keine drei Planwerke verschiedener Federführung teilen mindestens zwei Begriffe mit Gewicht.",
        "No three plans of different leads share at least two concepts with weight.",
    ),
    # seats
    "seats.title": Text("Wer fehlt am Tisch?", "Who is missing at the table?"),
    "seats.lead": Text(
        "Je Thema: welche Paare von Federführungen nachweislich abgestimmt sind, welche Gremien es behandeln "
        "und wer betroffen ist, aber keinen Sitz hat.",
        "By topic: which pairs of leads are recorded as coordinated, which bodies cover it, and who has a "
        "stake but no seat.",
    ),
    "seats.bodies": Text("Gremien", "Bodies"),
    "seats.no_body": Text(
        "Kein Gremium ist erfasst, das dieses Thema behandelt.", "No body is recorded that covers this topic."
    ),
    "seats.agreement": Text("Abstimmung der Federführungen", "Coordination of the leads"),
    "seats.with": Text("mit Sitz", "with a seat"),
    "seats.without": Text("ohne Sitz", "without a seat"),
    "seats.missing": Text("Betroffen, ohne Sitz", "With a stake, without a seat"),
    "seats.missing_hint": Text(
        "In keinem dieser Gremien ist ein Sitz erfasst. Das kann gewollt sein, oder nur nicht erhoben.",
        "No seat in any of these bodies is recorded. That can be intended, or only not collected.",
    ),
    "seats.stake": Text("Wer betroffen ist", "Who has a stake"),
    "seats.stake_hint": Text(
        "Solange kein Gremium erfasst ist, hat niemand einen Sitz.",
        "As long as no body is recorded, nobody has a seat.",
    ),
    "seats.nobody_missing": Text("Niemand.", "Nobody."),
    "seats.seated": Text("Mit Sitz", "With a seat"),
    "seats.nobody_seated": Text("Kein Sitz ist erfasst.", "No seat is recorded."),
    "seats.unmet": Text("Paare ohne erfasste Abstimmung", "Pairs without recorded coordination"),
    "seats.to_topic": Text("Alles zu diesem Thema", "All about this topic"),
    "seats.legend": Text(
        "Abgestimmt heißt: gemeinsames Gremium, Mitwirkung oder eine erfasste Beziehung als Tatsache; Absichten "
        "und Forderungen zählen nicht.",
        "Coordinated means: a shared body, participation or a recorded relation as a fact; intentions and "
        "demands do not count.",
    ),
    "congruence.one": Text("höchstens eine Federführung", "at most one lead"),
    "congruence.none": Text("nichts erfasst", "nothing recorded"),
    "congruence.few": Text("für die wenigsten erfasst", "recorded for the fewer"),
    "congruence.most": Text("mindestens zur Hälfte erfasst", "recorded for half or more"),
    "congruence.all": Text("für alle erfasst", "recorded for all"),
    "congruence.share": Text("{percent} %", "{percent}%"),
    "congruence.pairs": Text("{met} von {pairs} Paaren", "{met} of {pairs} pairs"),
    # what if
    "whatif.title": Text("Was wäre, wenn …", "What if …"),
    "whatif.lead": Text(
        "Eine Dienststelle auflösen oder zwei Planwerke zusammenlegen, nur gedacht: Was verlöre seine "
        "Zuständigkeit, welche Hinweise kämen und gingen?",
        "Dissolve a unit or merge two plans, only in thought: what would lose its owner, which findings would "
        "come and go?",
    ),
    "whatif.dry": Text("Nichts wird gespeichert.", "Nothing is stored."),
    "whatif.seconds": Text(
        "Alle Regeln werden für beide Fassungen neu gerechnet; das dauert einige Sekunden.",
        "All rules are computed anew for both versions; that takes some seconds.",
    ),
    "whatif.dissolve": Text("… eine Dienststelle aufgelöst würde?", "… a unit were dissolved?"),
    "whatif.merge": Text("… zwei Planwerke zusammengelegt würden?", "… two plans were merged?"),
    "whatif.unit": Text("Dienststelle", "Unit"),
    "whatif.part": Text("Dieses Planwerk", "This plan"),
    "whatif.whole": Text("geht auf in", "becomes part of"),
    "whatif.try": Text("Durchspielen", "Try it"),
    "whatif.dissolved": Text("Wenn es „{name}“ nicht mehr gäbe", "If “{name}” no longer existed"),
    "whatif.merged": Text("Wenn „{one}“ in „{other}“ aufginge", "If “{one}” became part of “{other}”"),
    "whatif.on": Text("Am {day}; nichts davon ist gespeichert.", "On {day}; nothing of it is stored."),
    "whatif.losses": Text("Verlöre seine Zuständigkeit", "Would lose its owner"),
    "whatif.no_losses": Text("Nichts verlöre seine Zuständigkeit.", "Nothing would lose its owner."),
    "whatif.no_changes": Text("Die Hinweise blieben dieselben.", "The findings would stay the same."),
    "loss.plan": Text("Planwerke", "Plans"),
    "loss.goal": Text("Ziele", "Goals"),
    "loss.target group": Text("Zielgruppen", "Target groups"),
    "loss.topic": Text("Themen", "Topics"),
    "loss.instrument": Text("Steuerungsinstrumente", "Steering instruments"),
    "loss.measure": Text("Maßnahmen", "Measures"),
    # how findings differ
    "change.new": Text("Neue Hinweise", "New findings"),
    "change.changed": Text("Hinweise in anderem Band", "Findings in another band"),
    "change.gone": Text("Weggefallene Hinweise", "Findings that are gone"),
    "changes.title": Text("Veränderte Hinweise", "Findings that changed"),
    "changes.lead": Text(
        "Was sich an den Hinweisen zum {day} geändert hat, seit der Bestand in einem früheren Stand war.",
        "What has changed in the findings of {day} since an earlier state of the store.",
    ),
    "changes.since": Text("Früherer Stand", "Earlier state"),
    "changes.count": Text("{n} Unterschiede", "{n} differences"),
    "changes.first": Text(
        "Es gibt noch keinen früheren Stand zum Vergleichen.",
        "There is no earlier state to compare with yet.",
    ),
    # what can be done about a finding
    "card.todo": Text("Was man tun kann", "What can be done"),
    "card.picture": Text("Bild: zwei Planwerke und was sie teilen", "Picture: two plans and what they share"),
    "card.decide": Text(
        "Was die Runde entscheidet, wird mit Grund festgehalten und übersteht jeden neuen Import:",
        "What the group decides is kept with its reason and survives every new import:",
    ),
    "card.states": Text("Mögliche Stände", "Possible states"),
    "card.read_only": Text(
        "Auf dieser Seite selbst wird nichts geändert.", "This page itself changes nothing."
    ),
    "do.overlap": Text(
        "Zuerst klären: Wissen beide Federführungen voneinander, und soll es so sein?",
        "First clarify: do both leads know of each other, and is it meant to be so?",
    ),
    "do.subset": Text(
        "Zuerst klären: Ist das kleinere ein Teil des größeren, oder steht es für sich?",
        "First clarify: is the smaller one a part of the larger, or does it stand alone?",
    ),
    "do.duplication": Text(
        "Zuerst klären: Ist es wirklich dieselbe Sache für dieselben Menschen zur selben Zeit?",
        "First clarify: is it really the same matter for the same people at the same time?",
    ),
    "do.fragmentation": Text(
        "Zuerst klären: Wer führt die Fäden zusammen, wenn mehrere am selben Thema planen?",
        "First clarify: who draws the threads together where several plan on one topic?",
    ),
    "do.congruence": Text(
        "Zuerst klären: Stimmen sich die Genannten schon ab, und es ist nur nicht erfasst?",
        "First clarify: do those named coordinate already, and it is only not recorded?",
    ),
    "do.chain": Text(
        "Zuerst klären: Gibt es das Fehlende, und es ist nur nicht erhoben?",
        "First clarify: does what is missing exist, and is only not collected?",
    ),
    "do.uncovered": Text(
        "Zuerst klären: Wird hier etwas gebraucht, oder ist das Feld zu Recht leer?",
        "First clarify: is something needed here, or is the cell rightly empty?",
    ),
    "do.conflict": Text(
        "Zuerst klären: Lassen sich beide Ziele zugleich erreichen, und welches geht vor?",
        "First clarify: can both goals be reached at once, and which goes first?",
    ),
    "do.duty": Text(
        "Zuerst klären: Gibt es ein Planwerk, das die Pflicht erfüllt, und wer kann es bestätigen?",
        "First clarify: is there a plan that fulfils the duty, and who can confirm it?",
    ),
    "do.stale": Text(
        "Zuerst klären: Wer kann sagen, ob die Angaben noch stimmen?",
        "First clarify: who can say whether the data are still right?",
    ),
    "option.coordinate": Text("Abstimmen", "Coordinate"),
    "option.coordinate.how": Text(
        "Ein Gespräch oder ein gemeinsames Gremium; danach die Abstimmung als Tatsache erfassen.",
        "A talk or a shared body; then record the coordination as a fact.",
    ),
    "option.lead": Text("Federführung klären", "Clarify the lead"),
    "option.lead.how": Text(
        "Festlegen, wer entscheidet und wer mitwirkt.", "Settle who decides and who takes part."
    ),
    "option.merge": Text("Zusammenlegen", "Merge"),
    "option.merge.how": Text(
        "Bei der nächsten Fortschreibung zu einem Planwerk machen; vorher unter „Was wäre, wenn“ durchspielen.",
        "Make one plan of them at the next revision; try it under “What if” before.",
    ),
    "option.keep": Text("Bewusst so lassen", "Leave it on purpose"),
    "option.keep.how": Text(
        "Als gewollt festhalten, mit dem Grund; dann fragt niemand zweimal.",
        "Keep it as intended, with the reason; then nobody asks twice.",
    ),
    "option.part": Text("Als Teilplan erfassen", "Record as a part"),
    "option.part.how": Text(
        "Die Beziehung „ist Teil von“ eintragen; dann verschwindet der Hinweis.",
        "Record the relation “is part of”; then the finding goes away.",
    ),
    "option.record": Text("Nacherheben", "Collect"),
    "option.record.how": Text(
        "Bei der Federführung erfragen und mit Quelle eintragen; auch „gibt es nicht“ ist eine Antwort.",
        "Ask the lead and record it with its source; “there is none” is an answer too.",
    ),
    "option.add": Text("Ergänzen", "Add"),
    "option.add.how": Text(
        "Das Fehlende beschließen oder in die nächste Fortschreibung aufnehmen.",
        "Decide on what is missing, or take it into the next revision.",
    ),
    "option.confirm": Text("Bestätigen lassen", "Have it confirmed"),
    "option.confirm.how": Text(
        "Eine zuständige Person prüft und bestätigt, mit Datum und Rolle.",
        "A person in charge checks and confirms, with date and role.",
    ),
    # graph
    "graph.options": Text("Ansicht wählen", "Choose the view"),
    "card.notes": Text("Notizen aus Sitzungen", "Notes from meetings"),
    "graph.lenses": Text("Ansichten", "Lenses"),
    "graph.all": Text("alle", "all"),
    "graph.filter.department": Text("Dienststelle", "Department"),
    "graph.filter.topic": Text("Thema", "Topic"),
    "graph.filter.group": Text("Zielgruppe", "Target group"),
    "graph.filter.area": Text("Raum", "Area"),
    "graph.filter.source": Text("Quelle", "Source"),
    "graph.filter.state": Text("Stand eines Hinweises", "State of a finding"),
    "graph.filter.start": Text("Zeitraum ab", "Period from"),
    "graph.filter.end": Text("Zeitraum bis", "Period until"),
    "graph.more": Text("Mehr dazu", "More on this"),
    "graph.focus": Text("In der Mitte", "In the middle"),
    "graph.from": Text("Von", "From"),
    "graph.to_hint": Text("Name; leer zeigt die Umgebung", "name; empty shows the surroundings"),
    "graph.connect": Text("Verbindung suchen", "Find a connection"),
    "graph.connect_go": Text("Verbindung zeigen", "Show the connection"),
    "graph.to": Text("Verbunden mit", "Connected with"),
    "graph.since": Text("Verglichen mit dem", "Compared with"),
    "graph.depth": Text("Schritte", "Steps"),
    "graph.kinds": Text("Arten", "Kinds"),
    "graph.every": Text("auch vergangene und künftige Planwerke", "also past and future plans"),
    "graph.show": Text("Anzeigen", "Show"),
    "graph.grouped": Text("Zusammenfassen nach", "Group by"),
    "graph.grouped.department": Text("Federführung", "lead"),
    "graph.grouped.topic": Text("Thema", "topic"),
    "graph.ungrouped": Text("einzeln zeigen", "show each"),
    "graph.take": Text("Mitnehmen", "Take along"),
    "graph.take.svg": Text("SVG", "SVG"),
    "graph.take.png": Text("PNG", "PNG"),
    "graph.take.pdf": Text("PDF", "PDF"),
    "graph.take.graphml": Text("GraphML", "GraphML"),
    "graph.take.gexf": Text("GEXF", "GEXF"),
    "graph.take.csv": Text("CSV", "CSV"),
    "graph.take.xlsx": Text("Excel", "Excel"),
    "graph.lanes": Text("Alle Bahnen", "All lanes"),
    # questions and SPARQL
    **QUESTION_TEXTS,
    **WALK_TEXTS,
    **SPARQL_TEXTS,
    # vocabulary, docs, problems
    "ontology.title": Text("Vokabular", "Vocabulary"),
    "ontology.lead": Text(
        "Alle Begriffe, mit denen Planwerke hier beschrieben sind, in beiden Sprachen.",
        "All terms by which plans are described here, in both languages.",
    ),
    "ontology.classes": Text("Klassen", "Classes"),
    "ontology.properties": Text("Eigenschaften", "Properties"),
    "ontology.codes": Text("Codelisten", "Code lists"),
    "ontology.term": Text("Begriff", "Term"),
    "ontology.german": Text("Deutsch", "German"),
    "ontology.english": Text("Englisch", "English"),
    "ontology.notation": Text("in Tabellen", "in tables"),
    "ontology.example": Text("Beispiel", "Example"),
    "ontology.unused": Text("In diesen Daten noch nicht benutzt.", "Not used in these data yet."),
    "ontology.questions": Text("Fragen damit", "Questions with it"),
    "ontology.use": Text("Beispiel und Fragen", "Example and questions"),
    "docs.title": Text("Schnittstellen", "Interfaces"),
    "docs.lead": Text(
        "Dieselben Adressen antworten Menschen als Seite und Programmen als Daten, je nach Accept oder "
        "?format=. "
        "Fehler sind Problemdokumente (RFC 9457) mit einem deutschen und einem englischen Satz.",
        "The same addresses answer people with a page and programs with data, by Accept or ?format=. "
        "Errors are problem documents (RFC 9457) with a German and an English sentence.",
    ),
    "docs.truncated": Text(
        "Wird eine SPARQL-Antwort abgeschnitten, steht im Kopf „Planwerk-Truncated: true; rows=10000“.",
        "Where a SPARQL answer is cut, its head says “Planwerk-Truncated: true; rows=10000”.",
    ),
    "docs.openapi": Text("OpenAPI-Dokument", "OpenAPI document"),
    "docs.forms": Text("Formen der Antwort", "Forms of the answer"),
    "docs.required": Text("nötig", "required"),
    "docs.other": Text("alles andere, was einen IRI hat", "all else that has an IRI"),
    "docs.tag.start": Text("Start", "Start"),
    "docs.tag.search": Text("Suche", "Search"),
    "docs.tag.lists": Text("Listen", "Lists"),
    "docs.tag.findings": Text("Hinweise", "Findings"),
    "docs.tag.graph": Text("Graph", "Graph"),
    "docs.tag.questions": Text("Fragen", "Questions"),
    "docs.tag.sparql": Text("SPARQL", "SPARQL"),
    "docs.tag.data": Text("Daten", "Data"),
    "docs.tag.vocabulary": Text("Vokabular", "Vocabulary"),
    "docs.tag.walks": Text("Rundgänge", "Walks"),
    "docs.tag.things": Text("Einzelne Dinge", "Single things"),
    "problem.back": Text("Zur Startseite", "To the start page"),
    "problem.404": Text("Nicht gefunden", "Not found"),
    "problem.400": Text("So nicht lesbar", "Not readable like this"),
    "problem.403": Text("Wird nicht angeboten", "Not offered"),
    "problem.503": Text("Gerade nicht möglich", "Not possible right now"),
    "problem.500": Text("Fehler im Programm", "A mistake of the program"),
    "problem.other": Text("Keine Antwort möglich", "No answer possible"),
    **IMPORT_TEXTS,
    **CITY_TEXTS,
}


def capital(text: Text) -> Text:
    """Return a wording that begins a line.

    >>> capital(Text("leitet", "leads")).de
    'Leitet'
    """
    return Text(text.de[:1].upper() + text.de[1:], text.en[:1].upper() + text.en[1:])
