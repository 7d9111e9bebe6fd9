"""What the columns of ready-made questions are called on a page; in answers for programs they keep their variables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from api.wording.texts import capital
from ontology.text import Text
from ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS = """
abbreviation|Kürzel|abbreviation
activity|Vorgang|activity
address|Adresse|address
addressee|Adressat|addressee
alignedWith|abgestimmt auf|aligned with
answers|Auskünfte|answers
area|Raum|area
areas|Räume|areas
asOf|Stand|as of
assigned|zugeordnet|assigned
attributedTo|zugeschrieben|attributed to
basis|Grundlage|basis
basisFor|Grundlage für|basis for
bearer|Trägerschaft|public body
bearers|Träger|bearers
begin|Beginn|begin
body|Gremium|body
bodyKind|Art des Gremiums|kind of body
cadence|Turnus|cadence
catalogue|Zielkatalog|catalogue of goals
cellExample|Beispiel einer Zelle|example of a cell
cells|abweichende Zellen|cells typed otherwise
checkedAgainst|geprüft gegen|checked against
checkedOn|geprüft am|checked on
code|Kürzel|code
collaboration|Zusammenschluss|collaboration
competence|Zuständigkeit|competence
complete|vollständig|complete
confidence|Sicherheit|confidence
confirmedOn|bestätigt am|confirmed on
contributesTo|trägt bei zu|contributes to
coordinated|bereits abgestimmt|already coordinated
coordination|Abstimmung|coordination
costEur|Kosten in Euro|cost in euro
costNote|Kosten, Anmerkung|cost note
counterpart|Gegenstück|counterpart
currentPlans|laufende Planwerke|current plans
cycle|Turnus|cycle
cycleYears|Turnus in Jahren|cycle in years
dataset|Datenquelle|data source
datasets|Datenquellen|data sources
date|Datum|date
day|Tag|day
deadline|Frist|deadline
deadlineDay|Frist, Tag|deadline, day
decidedBy|beschlossen von|decided by
decidedOn|beschlossen am|decided on
decision|Beschlusslage|decision
definition|Definition|definition
delegatedFrom|übertragen von|delegated from
delegatedTo|übertragen an|delegated to
delivery|Lieferung|delivery
department|Dienststelle|department
departmentNames|welche Dienststellen|which departments
departments|Dienststellen|departments
direction|Richtung|direction
drawing|Darstellung|drawing
due|fällig|due
duty|Pflicht|duty
earlier|Vorgänger|earlier one
earlierBegin|Beginn des Vorgängers|begin of the earlier one
end|Ende|end
ended|endete|ended
entry|Eintrag|entry
event|Ereignis|event
family|Familie|family
finding|Hinweis|finding
firstDue|zuerst fällig|first due
firstYear|erstes Jahr|first year
flowsInto|mündet in|flows into
former|Vorgängerin|former department
formerPlans|frühere Planwerke|former plans
frame|Raumgliederung|spatial frame
framePlans|Planwerke der Gliederung|plans of the frame
frameSince|Gliederung seit|frame since
from|von|from
fromType|von Plantyp|from type
typeLabel|Plantyp|type of plan
fundedPlans|geförderte Planwerke|funded plans
funding|Förderung|funding
geometry|Geometrie|geometry
goal|Ziel|goal
goals|Ziele|goals
goalsWithBoth|Ziele mit beidem|goals with both
groups|Gruppen|groups
heldOn|beraten am|held on
implements|setzt um|implements
indicator|Kennzahl|indicator
indicators|Kennzahlen|indicators
inSocialPlatform|in der Sozial-Plattform|in the social platform
instrument|Instrument|instrument
instruments|Instrumente|instruments
involved|beteiligt|involved
kind|Art|kind
label|Bezeichnung|label
labelEn|englisch|English
lastYear|letztes Jahr|last year
later|späteres Planwerk|later plan
laterBegan|dessen Beginn|its begin
laterBody|dessen Gremium|its body
laterDecision|dessen Beschlusslage|its decision
laterEdition|spätere Ausgabe|later edition
law|Gesetz|law
lead|Federführung|lead
leadingGoals|Leitziele|leading goals
leads|führt|leads
legalBasis|Rechtsgrundlage|legal basis
level|Ebene|level
licence|Lizenz|licence
list|Codeliste|code list
matter|Angelegenheit|matter
meaning|Bedeutung|meaning
measure|Maßnahme|measure
modality|Verbindlichkeit|modality
nameAsOf|Name, Stand|name as of
need|Bedarf|need
next|nächstes Planwerk|next plan
none|gibt es nicht|none
norm|Norm|norm
notAsked|nicht erfragt|not asked
notation|Schreibweise|notation
notChecked|nicht geprüft|not checked
note|Anmerkung|note
number|Nummer|number
organisation|Organisation|organisation
organiser|Veranstalter|organiser
other|anderes Planwerk|other plan
otherLead|dessen Federführung|its lead
otherLegalBasis|dessen Rechtsgrundlage|its legal basis
paper|Vorlage|paper
participants|Beteiligte|participants
participation|Beteiligung|participation
partner|Partner|partner
partners|Partner|partners
partOf|Teil von|part of
period|Wahlperiode|legislative period
place|Fundstelle in der Tabelle|place in the table
places|Orte|places
plan|Planwerk|plan
planBegin|Beginn|begin
planIndicators|Kennzahlen von Planwerken|indicators of plans
planMeasures|Maßnahmen von Planwerken|measures of plans
plannedOn|Beschluss geplant|decision planned
plans|Planwerke|plans
population|Einwohner|inhabitants
populationAsOf|Einwohner, Stand|inhabitants as of
precision|Genauigkeit|precision
predecessor|Vorgängerin|predecessor
property|Angabe|facet
provision|Vorschrift|provision
publisher|Herausgeber|publisher
questions|Fragen|questions
reading|Leserichtung|reading
reason|Grund|reason
recordedAreas|erfasste Räume|recorded areas
relation|Beziehung|relation
relations|Beziehungen|relations
replacedOn|abgelöst am|replaced on
required|verlangt|required
responsible|zuständig|responsible
result|Ergebnis|result
review|Prüfstand|review state
role|Rolle|role
roles|Rollen|roles
rows|Zeilen|rows
rule|Regel|rule
section|Paragraf|section
series|Reihe|series
service|Leistung|service
since|seit|since
source|Quelle|source
sourceKind|Art der Quelle|kind of source
sources|Quellen|sources
speaker|wer es sagt|who says so
standard|Standard|standard
stands|besteht|stands
state|Stand|state
stated|angegeben|stated
statedBy|gesagt von|stated by
statedOn|gesagt am|stated on
statements|Aussagen|statements
status|Stand|status
steers|steuert|steers
summary|Kurzfassung|summary
supports|dient|supports
table|Tabelle|table
takesPartIn|wirkt mit an|takes part in
target|Förderung|funding
targetGroup|Zielgruppe|target group
targetGroups|Zielgruppen|target groups
targetValue|Zielwert|target
term|Begriff|term
things|Dinge|things
to|zu|to
topic|Thema|topic
topics|Themen|topics
toType|zu Plantyp|to type
trigger|Auslöser|trigger
type|Art|type
unit|Einheit|unit
unitOf|gehört zu|belongs to
units|Anzahl Räume|number of areas
unknown|unbekannt|unknown
until|bis|until
usedBy|genutzt von|used by
validFrom|gilt von|valid from
validTo|gilt bis|valid to
value|Wert|value
verified|geprüft|verified
what|was|what
widerType|Oberart|wider type
withBoth|mit beidem|with both
withoutAny|ohne alles|without any
withoutIndicator|ohne Kennzahl|without indicator
withoutInstrument|ohne Instrument|without instrument
wording|Wortlaut der Zeile|row as typed
file|Datei|file
meeting|Sitzung|meeting
saved|gespeichert|saved
view|Ansicht|view
walk|Rundgang|walk
binding|davon verbindlich|of these binding
concept|Begriff|concept
duties|Pflichten|duties
first|erster Tag|first day
last|letzter Tag|last day
noDate|ohne Stand|without a date
noGoal|ohne Ziel|without a goal
noSource|ohne Datenquelle|without a data source
papers|Vorlagen|papers
participant|Mitwirkung|participant
planNames|welche Planwerke|which plans
steps|Beratungen|deliberations
thing|Ding|thing
wider|Oberbegriff|broader
year|Jahr|year
"""

COLUMNS: Mapping[str, Text] = {
    name: capital(Text(de, en)) for name, de, en in (line.split("|") for line in _WORDS.strip().splitlines())
}


def column_name(variable: str) -> Text:
    """Return what a column is called: its own name, that of the property of this name, else the bare variable.

    >>> column_name("lead").de
    'Federführung'
    """
    return COLUMNS.get(variable) or _properties().get(variable) or Text(variable, variable)


def is_named(variable: str) -> bool:
    """Tell whether a column has a name in both languages."""
    return variable in COLUMNS or variable in _properties()


@cache
def _properties() -> Mapping[str, Text]:
    return {term.name: capital(term.label) for term in load_vocabulary().properties.values()}
