"""SPARQL servers for tests, each on a free port of this machine, with a folder of its own, ended with the block."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

#: The environment variable that says where the stores of tests are, and what it can be.
VARIABLE = "PLANWERK_TEST_STORE"
KINDS = ("embedded", "oxigraph", "virtuoso")

_VIRTUOSO_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CaseMode = 2
DirsAllowed = .
AllowOSCalls = 0
ServerThreads = 20
MaxQueryMem = 1G
ThreadsPerQuery = 2
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""
#: Graphs that an empty Virtuoso has.
_OWN_GRAPHS = {
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/ns/ldp#",
}


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def oxigraph_server(folder: Path | None = None, timeout: int | None = None) -> Iterator[str]:
    """Serve an empty Oxigraph store, in memory if no folder is given; gives the address of its queries."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    command += ["--location", str(folder)] if folder else []
    command += ["--timeout-s", str(timeout)] if timeout else []
    with running(command, None, f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso_server(folder: Path, sql: int = 0, buffers: int = 40_000) -> Iterator[str]:
    """Serve the Virtuoso of a folder, empty at first, for user dba with password dba; gives the address of its queries.

    ``sql`` is its port for SQL, ``buffers`` how many pages of 8 KiB it keeps in memory.
    """
    folder.mkdir(parents=True, exist_ok=True)
    http = free_port()
    ini = _VIRTUOSO_INI.format(sql=sql or free_port(), http=http, buffers=buffers, dirty=buffers * 3 // 4)
    (folder / "virtuoso.ini").write_text(ini)
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}/sparql-auth"


def empty_virtuoso(address: str) -> None:
    """Take out all that tests put in: a server that runs is emptied sooner than another is started."""
    login, accept = httpx.DigestAuth("dba", "dba"), {"accept": "application/sparql-results+json"}
    counted = {"query": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"}
    with httpx.Client(auth=login, headers=accept, timeout=60, trust_env=False) as asking:
        rows = asking.post(address, data=counted).raise_for_status().json()["results"]["bindings"]
        graphs = {row["g"]["value"] for row in rows} - _OWN_GRAPHS
        drops = ";\n".join(f"DROP SILENT GRAPH <{name}>" for name in graphs)
        if drops:
            sent = {"content-type": "application/sparql-update"}
            asking.post(address, content=drops, headers=sent).raise_for_status()


@contextmanager
def running(command: list[str], folder: Path | None, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for the length of the block, from the moment that its address answers."""
    if shutil.which(command[0]) is None:
        raise RuntimeError(f"{command[0]} is not installed; make test-stores installs what it needs")
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(process, address)
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Return when the address answers; raises RuntimeError where it does not within two minutes."""
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(address, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} does not answer; the server ended with {process.poll()}")
