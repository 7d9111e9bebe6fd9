"""The closed namespaces: a misspelt term is an AttributeError, and a type checker sees it before.

>>> PW.pursues
'https://w3id.org/planwerk/ontology#pursues'

The names are those of ontology/planwerk.ttl; a term that is a Python keyword carries a trailing underscore.
"""


# ruff: noqa: N815 - the names are those of the vocabulary, not of Python

from __future__ import annotations

ONTOLOGY = "https://w3id.org/planwerk/ontology"
SCHEME = "https://w3id.org/planwerk/scheme/"
SHAPES = "https://w3id.org/planwerk/shapes#"

_PW = ONTOLOGY + "#"
_DCT = "http://purl.org/dc/terms/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ORG = "http://www.w3.org/ns/org#"
_PROV = "http://www.w3.org/ns/prov#"
_DCAT = "http://www.w3.org/ns/dcat#"
_CV = "http://data.europa.eu/m8g/"
_CPSV = "http://purl.org/vocab/cpsv#"
_ELI = "http://data.europa.eu/eli/ontology#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_GEO = "http://www.opengis.net/ont/geosparql#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EDTF = "http://id.loc.gov/datatypes/edtf/"


class PW:
    """The terms of our own vocabulary."""

    Plan = _PW + "Plan"
    PlanSeries = _PW + "PlanSeries"
    Goal = _PW + "Goal"
    Topic = _PW + "Topic"
    TargetGroup = _PW + "TargetGroup"
    SteeringInstrument = _PW + "SteeringInstrument"
    Measure = _PW + "Measure"
    Indicator = _PW + "Indicator"
    Body = _PW + "Body"
    Partner = _PW + "Partner"
    CouncilPaper = _PW + "CouncilPaper"
    DeliberationStep = _PW + "DeliberationStep"
    Area = _PW + "Area"
    SpatialFrame = _PW + "SpatialFrame"
    PlanRelation = _PW + "PlanRelation"
    planKind = _PW + "planKind"
    leadUnit = _PW + "leadUnit"
    participatingUnit = _PW + "participatingUnit"
    status = _PW + "status"
    validFrom = _PW + "validFrom"
    validTo = _PW + "validTo"
    decidedOn = _PW + "decidedOn"
    plannedOn = _PW + "plannedOn"
    decidedBy = _PW + "decidedBy"
    decisionKind = _PW + "decisionKind"
    legalBasis = _PW + "legalBasis"
    inSeries = _PW + "inSeries"
    pursues = _PW + "pursues"
    topic = _PW + "topic"
    targetGroup = _PW + "targetGroup"
    area = _PW + "area"
    goalKind = _PW + "goalKind"
    contributesTo = _PW + "contributesTo"
    direction = _PW + "direction"
    targetValue = _PW + "targetValue"
    unit = _PW + "unit"
    deadline = _PW + "deadline"
    measuredBy = _PW + "measuredBy"
    instrumentType = _PW + "instrumentType"
    responsibleUnit = _PW + "responsibleUnit"
    steers = _PW + "steers"
    supports = _PW + "supports"
    partner = _PW + "partner"
    since = _PW + "since"
    until = _PW + "until"
    instrumentStatus = _PW + "instrumentStatus"
    measureOf = _PW + "measureOf"
    measureStatus = _PW + "measureStatus"
    costEur = _PW + "costEur"
    costNote = _PW + "costNote"
    value = _PW + "value"
    asOf = _PW + "asOf"
    indicatorOf = _PW + "indicatorOf"
    dataSource = _PW + "dataSource"
    datasetKind = _PW + "datasetKind"
    cadence = _PW + "cadence"
    firstYear = _PW + "firstYear"
    lastYear = _PW + "lastYear"
    usesFrame = _PW + "usesFrame"
    usedByPlan = _PW + "usedByPlan"
    address = _PW + "address"
    citedAs = _PW + "citedAs"
    legislativePeriod = _PW + "legislativePeriod"
    paperType = _PW + "paperType"
    concernsPlan = _PW + "concernsPlan"
    paper = _PW + "paper"
    body = _PW + "body"
    competence = _PW + "competence"
    result = _PW + "result"
    bodyKind = _PW + "bodyKind"
    level = _PW + "level"
    nameAsOf = _PW + "nameAsOf"
    unitKind = _PW + "unitKind"
    successorOf = _PW + "successorOf"
    namedInStartingPaper = _PW + "namedInStartingPaper"
    partnerKind = _PW + "partnerKind"
    inSocialPlatform = _PW + "inSocialPlatform"
    eventKind = _PW + "eventKind"
    datePrecision = _PW + "datePrecision"
    organiser = _PW + "organiser"
    participant = _PW + "participant"
    areaKind = _PW + "areaKind"
    inFrame = _PW + "inFrame"
    partOfArea = _PW + "partOfArea"
    population = _PW + "population"
    populationAsOf = _PW + "populationAsOf"
    unitCount = _PW + "unitCount"
    usedByUnit = _PW + "usedByUnit"
    usedInPlan = _PW + "usedInPlan"
    from_ = _PW + "from"
    to = _PW + "to"
    relationKind = _PW + "relationKind"
    modality = _PW + "modality"
    speaker = _PW + "speaker"
    continues = _PW + "continues"
    follows = _PW + "follows"
    updates = _PW + "updates"
    flowsInto = _PW + "flowsInto"
    inForceUntil = _PW + "inForceUntil"
    takesPartIn = _PW + "takesPartIn"
    suppliesTo = _PW + "suppliesTo"
    uses = _PW + "uses"
    fundedBy = _PW + "fundedBy"
    coordinatesWith = _PW + "coordinatesWith"
    preconditionFor = _PW + "preconditionFor"
    dataBasisFor = _PW + "dataBasisFor"
    basisFor = _PW + "basisFor"
    buildsOn = _PW + "buildsOn"
    concretises = _PW + "concretises"
    implements = _PW + "implements"
    alignedWith = _PW + "alignedWith"
    takesIntoAccount = _PW + "takesIntoAccount"
    Source = _PW + "Source"
    Delivery = _PW + "Delivery"
    DeliveredTable = _PW + "DeliveredTable"
    Cell = _PW + "Cell"
    sourceKind = _PW + "sourceKind"
    publisherName = _PW + "publisherName"
    deliveredIn = _PW + "deliveredIn"
    assigns = _PW + "assigns"
    deliveredTable = _PW + "deliveredTable"
    tableName = _PW + "tableName"
    rowOrder = _PW + "rowOrder"
    cellOf = _PW + "cellOf"
    column = _PW + "column"
    place = _PW + "place"
    asTyped = _PW + "asTyped"
    statedOn = _PW + "statedOn"
    confirmedOn = _PW + "confirmedOn"
    confidence = _PW + "confidence"
    statedInRole = _PW + "statedInRole"
    reviewState = _PW + "reviewState"
    Answer = _PW + "Answer"
    FacetState = _PW + "FacetState"
    EmptyKind = _PW + "EmptyKind"
    aboutPlan = _PW + "aboutPlan"
    facet = _PW + "facet"
    emptyKind = _PW + "emptyKind"
    complete = _PW + "complete"
    none = _PW + "none"
    notAsked = _PW + "notAsked"
    unknown = _PW + "unknown"
    day = _PW + "day"
    startDay = _PW + "startDay"
    endDay = _PW + "endDay"
    decidedDay = _PW + "decidedDay"
    sinceDay = _PW + "sinceDay"
    untilDay = _PW + "untilDay"
    deadlineDay = _PW + "deadlineDay"
    InstrumentType = _PW + "InstrumentType"
    PlanningDuty = _PW + "PlanningDuty"
    NormVersion = _PW + "NormVersion"
    Delegation = _PW + "Delegation"
    Fulfilment = _PW + "Fulfilment"
    CoordinationDuty = _PW + "CoordinationDuty"
    requires = _PW + "requires"
    norm = _PW + "norm"
    addresseeRole = _PW + "addresseeRole"
    hasRole = _PW + "hasRole"
    dutyModality = _PW + "dutyModality"
    trigger = _PW + "trigger"
    cycleKind = _PW + "cycleKind"
    cycleYears = _PW + "cycleYears"
    checkedOn = _PW + "checkedOn"
    duty = _PW + "duty"
    delegatedFrom = _PW + "delegatedFrom"
    delegatedTo = _PW + "delegatedTo"
    fulfillingPlan = _PW + "fulfillingPlan"
    fulfilmentState = _PW + "fulfilmentState"
    fromType = _PW + "fromType"
    toType = _PW + "toType"
    coordinationKind = _PW + "coordinationKind"
    lawName = _PW + "lawName"
    section = _PW + "section"
    predecessorText = _PW + "predecessorText"
    lawLevel = _PW + "lawLevel"
    bearerText = _PW + "bearerText"
    addresseeText = _PW + "addresseeText"
    cycleText = _PW + "cycleText"
    firstDue = _PW + "firstDue"
    targetGroupText = _PW + "targetGroupText"
    topicText = _PW + "topicText"
    participationText = _PW + "participationText"
    verified = _PW + "verified"
    checkedAgainst = _PW + "checkedAgainst"
    notChecked = _PW + "notChecked"
    basis = _PW + "basis"
    requiredKind = _PW + "requiredKind"
    coordinationRelation = _PW + "coordinationRelation"
    toText = _PW + "toText"
    RoleHolding = _PW + "RoleHolding"
    heldBy = _PW + "heldBy"
    heldRole = _PW + "heldRole"
    ConditionCheck = _PW + "ConditionCheck"
    forBody = _PW + "forBody"
    conditionState = _PW + "conditionState"
    DataNeed = _PW + "DataNeed"
    neededByPlan = _PW + "neededByPlan"
    providedBy = _PW + "providedBy"
    Finding = _PW + "Finding"
    Decision = _PW + "Decision"
    rule = _PW + "rule"
    involves = _PW + "involves"
    aboutFinding = _PW + "aboutFinding"
    decisionState = _PW + "decisionState"
    reason = _PW + "reason"
    decisionPaper = _PW + "decisionPaper"
    evidenceDigest = _PW + "evidenceDigest"
    decidedByRole = _PW + "decidedByRole"
    Walk = _PW + "Walk"
    WalkStep = _PW + "WalkStep"
    MeetingNote = _PW + "MeetingNote"
    partOfWalk = _PW + "partOfWalk"
    stepNumber = _PW + "stepNumber"
    Inventory = _PW + "Inventory"
    Region = _PW + "Region"
    inInventory = _PW + "inInventory"
    inRegion = _PW + "inRegion"
    plansCompleteOn = _PW + "plansCompleteOn"
    plansCompleteBy = _PW + "plansCompleteBy"
    showsView = _PW + "showsView"
    fileName = _PW + "fileName"
    savedAt = _PW + "savedAt"
    drawnAs = _PW + "drawnAs"
    lane = _PW + "lane"
    shape = _PW + "shape"
    colour = _PW + "colour"
    lineStyle = _PW + "lineStyle"
    inverseLabel = _PW + "inverseLabel"
    edgeFrom = _PW + "edgeFrom"
    edgeTo = _PW + "edgeTo"
    answers = _PW + "answers"
    family = _PW + "family"
    shortcut = _PW + "shortcut"
    supersedes = _PW + "supersedes"
    standing = _PW + "standing"
    dayProperty = _PW + "dayProperty"
    dayBound = _PW + "dayBound"
    openDomain = _PW + "openDomain"
    openRange = _PW + "openRange"


class DCT:
    """Dublin Core terms in use."""

    license = _DCT + "license"
    identifier = _DCT + "identifier"
    description = _DCT + "description"
    date = _DCT + "date"
    title = _DCT + "title"
    publisher = _DCT + "publisher"
    replaces = _DCT + "replaces"
    isPartOf = _DCT + "isPartOf"
    isVersionOf = _DCT + "isVersionOf"


class SKOS:
    """SKOS terms in use."""

    Concept = _SKOS + "Concept"
    ConceptScheme = _SKOS + "ConceptScheme"
    inScheme = _SKOS + "inScheme"
    broader = _SKOS + "broader"
    closeMatch = _SKOS + "closeMatch"
    prefLabel = _SKOS + "prefLabel"
    altLabel = _SKOS + "altLabel"
    notation = _SKOS + "notation"
    definition = _SKOS + "definition"
    note = _SKOS + "note"


class ORG:
    """Terms of the W3C organization ontology in use."""

    Organization = _ORG + "Organization"
    OrganizationalUnit = _ORG + "OrganizationalUnit"
    unitOf = _ORG + "unitOf"
    OrganizationalCollaboration = _ORG + "OrganizationalCollaboration"
    hasMember = _ORG + "hasMember"
    ChangeEvent = _ORG + "ChangeEvent"
    originalOrganization = _ORG + "originalOrganization"
    resultingOrganization = _ORG + "resultingOrganization"


class PROV:
    """Terms of the W3C provenance ontology in use."""

    Plan = _PROV + "Plan"
    Entity = _PROV + "Entity"
    Activity = _PROV + "Activity"
    wasGeneratedBy = _PROV + "wasGeneratedBy"
    wasAttributedTo = _PROV + "wasAttributedTo"


class DCAT:
    """Terms of the W3C data catalogue vocabulary in use."""

    Dataset = _DCAT + "Dataset"


class CV:
    """Terms of the EU core vocabularies (CPOV, CPSV-AP) in use."""

    PublicOrganisation = _CV + "PublicOrganisation"
    PublicEvent = _CV + "PublicEvent"
    Participation = _CV + "Participation"
    role = _CV + "role"
    participates = _CV + "participates"
    hasParticipation = _CV + "hasParticipation"


class CPSV:
    """Terms of the core public service vocabulary in use."""

    PublicService = _CPSV + "PublicService"


class ELI:
    """Terms of the European legislation identifier in use."""

    LegalResource = _ELI + "LegalResource"


class FOAF:
    """FOAF terms in use."""

    Document = _FOAF + "Document"


class GEO:
    """GeoSPARQL terms in use."""

    Feature = _GEO + "Feature"
    hasGeometry = _GEO + "hasGeometry"


class RDF:
    """RDF terms in use."""

    type = _RDF + "type"
    value = _RDF + "value"
    first = _RDF + "first"
    rest = _RDF + "rest"
    nil = _RDF + "nil"
    langString = _RDF + "langString"
    Property = _RDF + "Property"


class RDFS:
    """RDF Schema terms in use."""

    label = _RDFS + "label"
    subClassOf = _RDFS + "subClassOf"
    domain = _RDFS + "domain"
    range = _RDFS + "range"
    isDefinedBy = _RDFS + "isDefinedBy"


class OWL:
    """OWL terms in use."""

    Ontology = _OWL + "Ontology"
    Class = _OWL + "Class"
    ObjectProperty = _OWL + "ObjectProperty"
    DatatypeProperty = _OWL + "DatatypeProperty"
    AnnotationProperty = _OWL + "AnnotationProperty"
    versionInfo = _OWL + "versionInfo"


class XSD:
    """Datatypes of XML Schema in use."""

    string = _XSD + "string"
    boolean = _XSD + "boolean"
    integer = _XSD + "integer"
    decimal = _XSD + "decimal"
    double = _XSD + "double"
    float_ = _XSD + "float"
    date = _XSD + "date"
    dateTime = _XSD + "dateTime"
    gYear = _XSD + "gYear"
    gYearMonth = _XSD + "gYearMonth"
    anyURI = _XSD + "anyURI"


class EDTF:
    """The datatype of dates that XML Schema cannot write, such as 2024/2025."""

    EDTF = _EDTF + "EDTF"


PREFIXES = {
    "pw": _PW,
    "dct": _DCT,
    "skos": _SKOS,
    "org": _ORG,
    "prov": _PROV,
    "dcat": _DCAT,
    "cv": _CV,
    "cpsv": _CPSV,
    "eli": _ELI,
    "foaf": _FOAF,
    "geo": _GEO,
    "rdf": _RDF,
    "rdfs": _RDFS,
    "owl": _OWL,
    "xsd": _XSD,
    "edtf": _EDTF,
}
"""The prefixes of tables, queries and files, with the namespaces they stand for."""


def terms_of(namespace: type) -> dict[str, str]:
    """Return the local names of a closed namespace with their IRIs.

    >>> terms_of(EDTF)
    {'EDTF': 'http://id.loc.gov/datatypes/edtf/EDTF'}
    """
    return {
        name.rstrip("_"): iri
        for name, iri in vars(namespace).items()
        if not name.startswith("_") and isinstance(iri, str)
    }
