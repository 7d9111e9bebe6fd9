"""The wheel installs into an empty environment and serves, with ontology, data, templates and static files inside."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("api", "data", "graph", "ontology")

pytestmark = pytest.mark.xdist_group("wheel")  # one environment serves all tests of this file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of an environment that holds nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel)], check=True, capture_output=True
    )
    return folder / "bin"


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for needed in (
        "ontology/planwerk.ttl", "ontology/shapes.ttl", "ontology/tables.json", "ontology/schemes/plan-status.ttl",
        "ontology/questions/q18-in-force-on-a-day.rq", "data/aachen/plans.csv", "data/duties-nrw/duties.csv",
        "graph/output/assets/graph.js", "graph/output/templates/picture.html",
    ):  # fmt: skip
        assert needed in names
    assert any(name.startswith("api/templates/") for name in names)
    assert any(name.startswith("api/static/") for name in names)


def test_the_wheel_holds_the_components_where_set_up_took_them(wheel: Path) -> None:
    taken = sorted(path.name for path in (ROOT / "api" / "static" / "vendor").glob("[!.]*"))
    inside = {name for name in ZipFile(wheel).namelist() if name.startswith("api/static/vendor/")}
    assert {name.rpartition("/")[2] for name in inside} - {".made-from"} == set(taken)


def test_the_wheel_installs_our_four_packages_and_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(OURS)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = [
        str(installed / "planwerk"),
        "--store",
        "store",
        "serve",
        "--port",
        str(port),
        "--load",
        "data/aachen",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as server:
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def fetch(url: str, seconds: float = 30) -> str:
    """Return the body of a page, waiting until the server answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_it_serves_aachen_from_an_empty_environment(served: str) -> None:
    assert "Spielplatzkonzept" in fetch(f"{served}/plans/p-spk")
    assert "Dienststelle" in fetch(f"{served}/graph")
    assert "Federführung" in fetch(f"{served}/ontology")


@pytest.mark.parametrize("name", OURS)
def test_no_other_package_owns_our_names(installed: Path, name: str) -> None:
    code = (
        "import importlib.metadata as m, sys; "
        "print(*sorted({d.name for d in m.distributions() for f in d.files or () if f.parts[0] == sys.argv[1]}))"
    )
    done = subprocess.run(
        [str(installed / "python"), "-c", code, name],
        capture_output=True,
        text=True,
        check=True,
        cwd=installed,
    )
    assert done.stdout.split() == ["planwerk"]
