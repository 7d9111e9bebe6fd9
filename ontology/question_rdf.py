"""The ready-made questions as RDF: SHACL SPARQL executables, the way many endpoints publish their example queries.

Each is a ``sh:SPARQLSelectExecutable`` with its query, its prefixes declared once for all, label and comment in both
languages, keywords, the endpoint that answers it, and its parameters with class or datatype (``sh:parameter``). A
parameter is put in as a term for the variable that its path is named after; one without a value stays free.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SH, XSD

from ontology.parameters import TODAY
from ontology.questions import GROUPS
from ontology.rdf import keep_literals_as_written
from ontology.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ontology.parameters import Parameter
    from ontology.questions import Question

QUESTION = Namespace("https://w3id.org/planwerk/question/")
PARAMETER = Namespace("https://w3id.org/planwerk/parameter/")
SCHEMA = Namespace("https://schema.org/")
FORMATS = {"text/turtle": "turtle", "application/ld+json": "json-ld"}
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>")
_TODAY = Text("ohne Angabe: heute", "today where nothing is said")
_DATATYPES = {"date": XSD.date, "integer": XSD.integer, "text": XSD.string}

keep_literals_as_written()


def questions_rdf(questions: Iterable[Question], site: str, media: str) -> bytes:
    """Return questions as Turtle or JSON-LD; ``site`` is the address whose ``/sparql`` answers them."""
    triples = questions_triples(questions, site)
    return triples.serialize(format=FORMATS[media], encoding="utf-8", auto_compact=True)


def questions_triples(questions: Iterable[Question], site: str) -> Graph:
    """Return the triples of questions."""
    triples = Graph(bind_namespaces="none")
    for prefix, namespace in {
        "sh": SH,
        "schema": SCHEMA,
        "question": QUESTION,
        "param": PARAMETER,
        "foaf": FOAF,
        "rdfs": RDFS,
    }.items():
        triples.bind(prefix, namespace, override=True)
    prefixes: dict[str, str] = {}
    declared = BNode("sparql_examples_prefixes")
    for question in questions:
        _add_question(triples, question, site, declared)
        prefixes |= dict(_PREFIX.findall(question.query))
    for prefix, namespace in sorted(prefixes.items()):
        _add_prefix(triples, declared, prefix, namespace)
    return triples


def _add_question(triples: Graph, question: Question, site: str, declared: BNode) -> None:
    node = QUESTION[question.name]
    group = GROUPS[question.group]
    triples.add((node, RDF.type, SH.SPARQLExecutable))
    triples.add((node, RDF.type, SH.SPARQLSelectExecutable))
    _add_text(triples, node, RDFS.label, question.title)
    for lang in ("de", "en"):
        said = f"{question.title[lang]} {question.description[lang]}"
        triples.add((node, RDFS.comment, Literal(said, lang=lang)))
    _add_text(triples, node, SCHEMA.keywords, group)
    triples.add((node, SH.prefixes, declared))
    triples.add((node, SH.select, Literal(question.query)))
    triples.add((node, SCHEMA.target, URIRef(f"{site}/sparql")))
    triples.add((node, FOAF.page, URIRef(f"{site}/questions/{question.name}")))
    for order, parameter in enumerate(question.parameters):
        triples.add((node, SH.parameter, _add_parameter(triples, question, parameter, order)))


def _add_parameter(triples: Graph, question: Question, parameter: Parameter, order: int) -> BNode:
    node = BNode(f"{question.name}-{parameter.name}")
    triples.add((node, RDF.type, SH.Parameter))
    triples.add((node, SH.path, PARAMETER[parameter.name]))
    _add_text(triples, node, SH.name, parameter.label)
    triples.add((node, SH.order, Literal(order)))
    triples.add((node, SH.optional, Literal(True)))
    if parameter.class_:
        triples.add((node, SH["class"], URIRef(parameter.class_)))
        triples.add((node, SH.nodeKind, SH.IRI))
    else:
        triples.add((node, SH.datatype, _DATATYPES[parameter.type]))
    if parameter.default == TODAY:
        _add_text(triples, node, SH.description, _TODAY)
    return node


def _add_prefix(triples: Graph, declared: BNode, prefix: str, namespace: str) -> None:
    node = BNode(f"prefix-{prefix}")
    triples.add((declared, SH.declare, node))
    triples.add((node, SH.prefix, Literal(prefix)))
    triples.add((node, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))


def _add_text(triples: Graph, node: URIRef | BNode, predicate: URIRef, text: Text) -> None:
    for lang in ("de", "en"):
        triples.add((node, predicate, Literal(text[lang], lang=lang)))
