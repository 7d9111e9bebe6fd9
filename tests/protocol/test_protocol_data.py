"""What programs read besides queries: graphs by name, descriptions of the data, and from pages of other sites."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import httpx
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from api.protocol.graphs import sizes
from api.protocol.service_description import FUNCTIONS
from api.settings import read_settings
from api.workspace import Workspace
from graph.errors import BadRequest
from graph.store.files import SourceFiles
from ontology.rdf import keep_literals_as_written, merged

BASE = "https://w3id.org/planwerk/id/"
SEED = f"{BASE}source/seed"
ONTOLOGY = "https://w3id.org/planwerk/ontology"
PERSON = {"Accept": "text/html,*/*;q=0.8"}
SHAPES = Path(__file__).parents[3] / "shared" / "corpora" / "dcat-ap-de" / "v2.0" / "shacl"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def triples(answer: httpx.Response) -> rdflib.Graph:
    assert answer.status_code == 200, answer.text
    form = ox.RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    return merged(ox.parse(answer.content, format=form))


def counted(client: httpx.Client, query: str) -> int:
    answer = client.get("/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) WHERE {{ {query} }}"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_a_graph_is_read_by_its_name_and_by_its_address(client: httpx.Client) -> None:
    named = client.get("/data", params={"graph": SEED}, headers={"Accept": "application/n-triples"})
    addressed = client.get("/data/source/seed", headers={"Accept": "application/n-triples"})
    assert named.content == addressed.content
    assert len(named.text.splitlines()) == counted(client, f"GRAPH <{SEED}> {{ ?s ?p ?o }}") > 0


@pytest.mark.parametrize("name", [SEED, ONTOLOGY, f"{BASE}derived"])
@pytest.mark.parametrize(
    "media",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/n-quads"],
)  # fmt: skip
def test_every_graph_comes_in_every_form(client: httpx.Client, name: str, media: str) -> None:
    answer = client.get("/data", params={"graph": name}, headers={"Accept": media})
    assert answer.headers["content-type"].startswith(media)
    form = ox.RdfFormat.from_media_type(media)
    assert len(list(ox.parse(answer.content, format=form))) == counted(
        client, f"GRAPH <{name}> {{ ?s ?p ?o }}"
    )


def test_the_default_graph_holds_all_graphs(client: httpx.Client) -> None:
    answer = client.get("/data?default", headers={"Accept": "application/n-triples"})
    assert len(set(answer.text.splitlines())) == counted(client, "?s ?p ?o")


def test_the_head_of_a_graph_says_how_long_it_is_without_sending_it(client: httpx.Client) -> None:
    whole, head = client.get("/data/source/seed"), client.head("/data/source/seed")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_a_graph_that_was_read_already_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/data/source/seed")
    tag = first.headers["etag"]
    for held in (tag, f'"another", {tag.removeprefix("W/")}', "*"):
        again = client.get("/data/source/seed", headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")


def test_all_graphs_together_are_read_in_one_look_at_the_folder(
    aachen: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    look = SourceFiles._paths
    monkeypatch.setattr(SourceFiles, "_paths", lambda files: looks.append(files.folder) or look(files))
    assert sum(sizes(aachen).values()) > 10_000
    assert len(looks) == 1


@pytest.mark.parametrize("path", ["/data?graph=urn:none", "/data/none", "/data?graph="])
def test_a_graph_that_there_is_not_is_not_found(client: httpx.Client, path: str) -> None:
    for answer in (client.get(path), client.head(path)):
        assert answer.status_code == 404
    assert "/.well-known/void" in client.get(path).json()["de"]


@pytest.mark.parametrize("path", ["/data", f"/data?default&graph={SEED}", f"/data?graph={SEED}&graph={SEED}"])
def test_exactly_one_graph_is_asked_for(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_a_graph_has_no_other_forms(client: httpx.Client) -> None:
    assert client.get("/data?default", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/data?default&format=png").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_no_graph_is_written_by_the_protocol(client: httpx.Client, method: str) -> None:
    for path in ("/data?default", "/data/source/seed"):
        answer = client.request(method, path, content="<a:a> <a:b> <a:c> .")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK{}", "/data/source/seed", "/.well-known/void", "/catalog", "/ontology.ttl",
             "/plans/p-sep3?format=ttl", "/export/planwerk.nt", "/questions/q30-plans?format=csv", "/data/none", "/openapi.json",
             "/questions.ttl"]
)  # fmt: skip
def test_pages_of_other_sites_may_read_data(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Planwerk-Truncated" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_the_way_from_an_iri_to_its_data_is_open_to_other_sites(client: httpx.Client) -> None:
    answer = client.get("/id/p-sep3", headers={"Accept": "text/turtle", "Origin": "https://example.org"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (303, "*")


@pytest.mark.parametrize(
    "path", ["/", "/plans/p-sep3", "/sparql", "/import", "/findings", "/ontology", "/health"]
)
def test_pages_stay_closed_to_other_sites(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=PERSON | {"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_browser_may_ask_what_it_may_send(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options("/sparql", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert (
        "POST" not in client.options("/data?default", headers=asked).headers["access-control-allow-methods"]
    )
    taking_in = client.options("/import", headers=asked)
    assert not [name for name in taking_in.headers if name.startswith("access-control")]


def test_options_of_the_whole_server_are_no_defect(client: httpx.Client) -> None:
    answer = client.request("OPTIONS", "/", extensions={"target": b"*"})
    assert answer.status_code in {404, 405}


def test_a_closed_network_keeps_its_data_from_pages_of_other_sites(aachen: Workspace, served) -> None:
    settings = read_settings({"PLANWERK_SHARED": "0"}, store=aachen.settings.store)
    with Workspace(settings) as workspace, served(workspace) as address:
        for method, path in [
            ("GET", "/catalog"),
            ("OPTIONS", "/sparql"),
            ("GET", "/plans/p-sep3?format=ttl"),
        ]:
            answer = httpx.request(method, address + path, headers={"Origin": "https://example.org"})
            assert answer.status_code < 300
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_service_description_names_formats_functions_and_graphs(client: httpx.Client) -> None:
    said = triples(client.get("/sparql", headers={"Accept": "text/turtle"}))
    (service,) = said.subjects(rdflib.RDF.type, SD.Service)
    assert said.value(service, SD.supportedLanguage) == SD.SPARQL11Query
    assert {name.rpartition("/")[2] for name in said.objects(service, SD.resultFormat)} == {
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
    }  # fmt: skip
    dataset = said.value(service, SD.defaultDataset)
    names = {
        str(name) for place in said.objects(dataset, SD.namedGraph) for name in said.objects(place, SD.name)
    }
    assert {SEED, ONTOLOGY, f"{BASE}derived"} < names
    for name in (SEED, ONTOLOGY):
        place = said.value(None, SD.name, rdflib.URIRef(name))
        size = said.value(said.value(place, SD.graph), VOID.triples)
        assert size.toPython() == counted(client, f"GRAPH <{name}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_functions_that_are_named_can_be_called(client: httpx.Client, name: str) -> None:
    point = '"POINT(6.08 50.77)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    answer = client.get("/sparql", params={"query": f"SELECT (<{name}>({point}, {point}) AS ?x) {{}}"})
    assert answer.json()["results"]["bindings"][0]["x"]["value"] in {"true", "false"}


def test_the_data_are_described_for_tools(client: httpx.Client) -> None:
    said = triples(client.get("/.well-known/void"))
    dataset = said.value(None, rdflib.RDF.type, VOID.DatasetDescription)
    dataset = said.value(dataset, rdflib.URIRef("http://xmlns.com/foaf/0.1/primaryTopic"))
    assert str(said.value(dataset, VOID.sparqlEndpoint)) == f"{client.base_url}/sparql".replace("//sp", "/sp")
    plans = next(
        part for part in said.objects(dataset, VOID.classPartition)
        if said.value(part, VOID["class"]) == rdflib.URIRef(f"{ONTOLOGY}#Plan")
    )  # fmt: skip
    assert said.value(plans, VOID.entities).toPython() == 99
    parts = sum(said.value(part, VOID.triples).toPython() for part in said.objects(dataset, VOID.subset))
    assert parts == said.value(dataset, VOID.triples).toPython() == counted(client, "GRAPH ?g { ?s ?p ?o }")
    for dump in said.objects(dataset, VOID.dataDump):
        assert client.head(str(dump)).status_code == 200


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_descriptions_come_in_the_form_that_is_asked_for(client: httpx.Client, media: str) -> None:
    for path in ("/catalog", "/.well-known/void"):
        answer = client.get(path, headers={"Accept": media})
        assert answer.headers["content-type"].startswith(media)
        assert len(triples(answer)) > 20


def test_a_catalogue_says_nothing_that_nobody_said(client: httpx.Client) -> None:
    names = {str(name).rpartition("/")[2] for name in triples(client.get("/catalog")).predicates()}
    assert names.isdisjoint({"license", "publisher", "contributorID", "dcat#contactPoint"})


@pytest.fixture(scope="module")
def described(aachen: Workspace, served) -> rdflib.Graph:
    """The catalogue of an operator who says who they are."""
    settings = read_settings(
        {
            "PLANWERK_PUBLISHER": "Stadt Musterstadt",
            "PLANWERK_LICENCE": "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
            "PLANWERK_CONTACT": "daten@example.org",
            "PLANWERK_CONTRIBUTOR": "http://dcat-ap.de/def/contributors/stadtMusterstadt",
        },
        store=aachen.settings.store,
    )
    with Workspace(settings) as workspace, served(workspace) as address:
        return triples(httpx.get(f"{address}/catalog"))


def test_a_catalogue_says_what_its_operator_said(described: rdflib.Graph) -> None:
    assert "Stadt Musterstadt" in map(
        str, described.objects(None, rdflib.URIRef("http://xmlns.com/foaf/0.1/name"))
    )
    licences = Counter(described.objects(None, rdflib.URIRef("http://purl.org/dc/terms/license")))
    assert licences == {rdflib.URIRef("http://dcat-ap.de/def/licenses/dl-zero-de/2.0"): 8}


@pytest.mark.parametrize("name", ["LICENCE", "CONTRIBUTOR"])
def test_an_address_that_is_none_is_refused_when_the_server_starts(name: str) -> None:
    with pytest.raises(BadRequest, match=f"PLANWERK_{name}"):
        read_settings({f"PLANWERK_{name}": "dl zero"})


CODE_LISTS = {
    "http://publications.europa.eu/resource/authority/data-theme": ["GOVE"],
    "http://publications.europa.eu/resource/authority/language": ["DEU", "ENG"],
    "http://publications.europa.eu/resource/authority/file-type": [
        "RDF_TRIG", "RDF_N_QUADS", "RDF_TURTLE", "RDF_N_TRIPLES", "JSON_LD",
    ],
    "http://dcat-ap.de/def/licenses": ["dl-zero-de/2.0"],
    "http://dcat-ap.de/def/contributors": ["stadtMusterstadt"],
}  # fmt: skip
"""The entries that the catalogue names: the shapes want them typed and named, which the lists themselves do on the web."""


def with_code_lists(said: rdflib.Graph) -> rdflib.Graph:
    entries = [
        (rdflib.URIRef(f"{home}/{name}"), rdflib.URIRef(home))
        for home, names in CODE_LISTS.items()
        for name in names
    ]
    together = rdflib.Graph() + said
    for entry, home in entries:
        together.add((entry, rdflib.SKOS.inScheme, home))
        together.add((entry, rdflib.RDF.type, rdflib.SKOS.Concept))
        together.add((entry, rdflib.SKOS.prefLabel, rdflib.Literal(entry)))
    return together


def results(catalogue: rdflib.Graph, shapes: str) -> list[str]:
    rules, said = rdflib.Graph().parse(SHAPES / shapes), with_code_lists(catalogue)
    try:
        _conforms, report, _text = pyshacl.validate(said, shacl_graph=rules, do_owl_imports=False)
    finally:
        keep_literals_as_written()
    found = report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    return [
        str(report.value(node, rdflib.SH.resultMessage))
        for node in found
        if report.value(node, rdflib.SH.resultSeverity) == rdflib.SH.Violation
    ]


@pytest.mark.skipif(
    not SHAPES.is_dir(), reason="the shapes of DCAT-AP.de are not beside the project (shared/corpora)"
)
@pytest.mark.parametrize(
    "shapes",
    ["dcat-ap_2.1.1_shacl_shapes.ttl", "dcat-ap-spec-german-additions.ttl", "dcat-ap-konventionen.ttl"],
)
def test_the_catalogue_keeps_the_rules_of_dcat_ap_de(described: rdflib.Graph, shapes: str) -> None:
    assert results(described, shapes) == []


@pytest.mark.parametrize("path", ["/planwerke/", "/"])
def test_the_iri_of_a_thing_is_an_address_where_the_base_is_this_server(
    tables, served, tmp_path: Path, path: str
) -> None:
    base = f"http://testserver{path}"
    with Workspace(read_settings({}, store=str(tmp_path / "store"), base=base)) as workspace:
        workspace.import_folder(tables(topics="id,title_de\nt-armut,Armut und Teilhabe"))
        with (
            served(workspace) as address,
            httpx.Client(base_url=address, headers={"Host": "testserver"}) as client,
        ):
            answer = client.get(f"{path}t-armut", headers={"Accept": "text/turtle"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/topics/t-armut?format=ttl")
            said = triples(client.get("/topics/t-armut?format=ttl"))
            assert (
                rdflib.URIRef(f"{base}t-armut"),
                rdflib.RDF.type,
                rdflib.URIRef(f"{ONTOLOGY}#Topic"),
            ) in said
            assert client.get(f"{path}p-none").status_code == 404
