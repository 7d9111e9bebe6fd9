"""What many things of a class are called, for the classes that no table of the delivery names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

PLURALS: Mapping[str, Text] = {
    "Answer": Text("Auskünfte zu Planwerken", "Answers about plans"),
    "Cell": Text("Abweichend geschriebene Zellen", "Cells typed otherwise"),
    "ChangeEvent": Text("Umorganisationen", "Reorganisations"),
    "Concept": Text("Begriffe", "Concepts"),
    "ConceptScheme": Text("Begriffslisten", "Concept schemes"),
    "ConditionCheck": Text("Geprüfte Bedingungen", "Checked conditions"),
    "CoordinationDuty": Text("Abstimmungspflichten", "Coordination duties"),
    "DataNeed": Text("Datenbedarfe", "Data needs"),
    "Decision": Text("Entscheidungen zu Hinweisen", "Decisions on findings"),
    "Delegation": Text("Aufgabenübertragungen", "Delegations"),
    "DeliveredTable": Text("Gelieferte Tabellen", "Delivered tables"),
    "Delivery": Text("Lieferungen", "Deliveries"),
    "Document": Text("Schriftstücke", "Documents"),
    "EmptyKind": Text("Arten des Fehlens", "Kinds of empty"),
    "FacetState": Text("Erhebungsstände", "States of facets"),
    "Feature": Text("Räumliche Objekte", "Spatial features"),
    "Finding": Text("Hinweise", "Findings"),
    "Fulfilment": Text("Erfüllungsaussagen", "Claims of fulfilment"),
    "InstrumentType": Text("Gesetzliche Plantypen", "Statutory types of plan"),
    "Inventory": Text("Bestände von Städten", "Inventories of cities"),
    "LegalResource": Text("Rechtsvorschriften", "Legal provisions"),
    "MeetingNote": Text("Notizen aus Sitzungen", "Notes taken in meetings"),
    "NormVersion": Text("Normfassungen", "Versions of norms"),
    "Organization": Text("Organisationen", "Organisations"),
    "OrganizationalCollaboration": Text("Zusammenschlüsse", "Collaborations"),
    "Participation": Text("Mitwirkungen in Rollen", "Participations in roles"),
    "PlanningDuty": Text("Planungspflichten", "Planning duties"),
    "PublicOrganisation": Text("Öffentliche Körperschaften", "Public organisations"),
    "PublicService": Text("Öffentliche Leistungen", "Public services"),
    "Region": Text("Regionen", "Regions"),
    "RoleHolding": Text("Trägerschaften von Rollen", "Holdings of roles"),
    "Walk": Text("Rundgänge", "Walks"),
    "WalkStep": Text("Schritte von Rundgängen", "Steps of walks"),
}
