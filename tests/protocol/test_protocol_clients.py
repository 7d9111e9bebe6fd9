"""Tools that others wrote read our data: rdflib's store, LibreOffice, and Comunica where it is installed."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
import rdflib
from python_calamine import CalamineWorkbook
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.conformance.__main__ import BARS

PW = rdflib.Namespace("https://w3id.org/planwerk/ontology#")
BASE = "https://w3id.org/planwerk/id/"
LED = """PREFIX pw: <https://w3id.org/planwerk/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?plan ?label WHERE { ?plan a pw:Plan ; pw:leadUnit ?unit ; skos:prefLabel ?label .
  FILTER(?unit = <https://w3id.org/planwerk/id/dep-fb56>) } ORDER BY ?plan"""


@pytest.fixture(scope="module")
def led(client: httpx.Client) -> list[str]:
    """The plans that one department leads, as our own pages know them."""
    rows = client.get("/sparql", params={"query": LED}).json()["results"]["bindings"]
    assert len(rows) > 3
    return [row["plan"]["value"] for row in rows]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_us_as_a_store(address: str, led: list[str], method: str) -> None:
    store = SPARQLStore(f"{address}/sparql", method=method, returnFormat="json")
    found = rdflib.Graph(store)
    assert [str(row.plan) for row in found.query(LED)] == led
    plan = rdflib.URIRef(f"{BASE}p-sep3")
    assert found.value(plan, PW.leadUnit) == rdflib.URIRef(f"{BASE}dep-fb56")
    assert len(set(found.subjects(rdflib.RDF.type, PW.Plan))) == 99
    assert (plan, rdflib.RDF.type, PW.Goal) not in found


def test_rdflib_reads_rows_as_xml_and_triples_as_turtle(address: str, led: list[str]) -> None:
    rows = rdflib.Graph(SPARQLStore(f"{address}/sparql", returnFormat="xml")).query(LED)
    assert [str(row.plan) for row in rows] == led
    read = rdflib.Graph().parse(f"{address}/data/source/seed")
    assert len(read) == len(httpx.get(f"{address}/data/source/seed?format=nt").text.splitlines())


def test_rdflib_follows_the_iri_of_a_thing_by_redirect(address: str) -> None:
    read = rdflib.Graph().parse(f"{address}/id/p-sep3", format="turtle")
    assert read.value(rdflib.URIRef(f"{BASE}p-sep3"), PW.leadUnit) == rdflib.URIRef(f"{BASE}dep-fb56")


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_answer_of_a_query_as_a_sheet(
    address: str, tmp_path: Path, led: list[str]
) -> None:
    assert SOFFICE is not None
    table = tmp_path / "answer.csv"
    table.write_bytes(httpx.get(f"{address}/sparql", params={"query": LED, "format": "csv"}).content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [SOFFICE, profile, "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "ods"]
    subprocess.run(
        [*words, "--outdir", str(tmp_path), str(table)], check=True, capture_output=True, timeout=300
    )
    head, *rows = CalamineWorkbook.from_path(tmp_path / "answer.ods").get_sheet_by_index(0).to_python()
    assert head == ["plan", "label"]
    assert [row[0] for row in rows] == led
    assert "ä" in "".join(str(row[1]) for row in rows).lower()


COMUNICA = os.environ.get("PLANWERK_COMUNICA") or shutil.which("comunica-sparql")


@pytest.mark.skipif(COMUNICA is None, reason="Comunica is not installed (make test-clients brings it)")
def test_comunica_asks_our_service_and_follows_our_links(address: str, led: list[str]) -> None:
    assert COMUNICA is not None
    by_service = [COMUNICA, f"sparql@{address}/sparql", "-q", LED, "-t", "text/csv"]
    said = subprocess.run(by_service, check=True, capture_output=True, text=True, timeout=120).stdout
    assert [row["plan"] for row in csv.DictReader(said.splitlines())] == led
    question = f"SELECT ?unit WHERE {{ <{BASE}p-sep3> <{PW}leadUnit> ?unit }}"
    by_link = [COMUNICA, f"{address}/plans/p-sep3", "-q", question, "-t", "text/csv"]
    said = subprocess.run(by_link, check=True, capture_output=True, text=True, timeout=120).stdout
    assert said.split() == ["unit", f"{BASE}dep-fb56"]


MACHINES = (Path(__file__).parents[2] / "docs" / "machines.md").read_text("utf-8")
SHOWN = [
    (line, output)
    for block in re.findall(r"```console\n(.*?)```", MACHINES, re.DOTALL)
    for line, _, output in (part.partition("\n") for part in block.split("$ ")[1:])
]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("line", "output"), SHOWN)
def test_curl_prints_what_the_documents_show(address: str, line: str, output: str) -> None:
    here = line.replace("http://127.0.0.1:8000", address)
    done = subprocess.run(["bash", "-c", here], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.replace(address, "http://127.0.0.1:8000").rstrip("\n") == output.rstrip("\n")


def test_rdflib_does_what_the_documents_show(address: str) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", MACHINES, re.DOTALL)
    told: dict[str, rdflib.Graph] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(block.replace("http://127.0.0.1:8000", address), "machines.md", "exec"), told)
    assert printed.getvalue() == "99\n"
    assert len(told["plan"]) > 10


def test_the_documents_name_the_figures_that_are_held() -> None:
    for suite, (bar, size) in BARS.items():
        assert re.search(rf"\| {re.escape(suite)} \| (\d+) of {size} \|", MACHINES), suite
        assert int(re.search(rf"\| {re.escape(suite)} \| (\d+)", MACHINES)[1]) >= bar
