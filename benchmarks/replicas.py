"""Two replicas behind a balancer, asked all the time: a rebuilt index is switched in and both are restarted, one by one.

    python -m benchmarks.replicas                20 seconds of questions, nginx where it is installed
    python -m benchmarks.replicas 120 1000       so many seconds, so many made-up plans

Each replica has a folder of indexes of its own, as on two machines. Ends with status 1 where a request failed.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from api.settings import Settings
from benchmarks.made.direct import source_texts
from benchmarks.made.generate import Inventory
from benchmarks.measuring.balancing import LOCAL, Balancer, Nginx, SmallBalancer
from benchmarks.measuring.ports import free_port, wait_for_port
from graph.store.disk.published import CURRENT
from graph.store.files import SourceFiles

QUESTION = "SELECT (COUNT(*) AS ?n) { ?plan a <https://w3id.org/planwerk/ontology#Plan> }"
_PLANWERK = [sys.executable, "-c", "import sys; from api.cli import main; sys.exit(main())"]
_ASKING = 2
_MANY = 100
_PAUSE = 0.02


@dataclass
class Seen:
    """What whoever asked has seen: answers in the order they first came, failures, seconds of each request."""

    answers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    last: str = ""

    def line(self) -> str:
        """Return it as one line of text."""
        p99 = quantiles(self.seconds, n=_MANY)[-1] * 1000 if len(self.seconds) > 1 else float("nan")
        return f"{len(self.seconds)} requests, {len(self.failures)} failed, p99 {p99:.0f} ms, answers {self.answers}"


class Replica:
    """A replica process on a port of its own, with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._process = self._start()

    def restart(self) -> None:
        """End the process as an operator does, and start another."""
        self.stop()
        self._process = self._start()
        self.wait()

    def wait(self) -> None:
        """Return when it can be asked."""
        wait_for_port(self.port)

    def stop(self) -> None:
        """End the process."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*_PLANWERK, "--quiet", "replica", str(self.folder), "--port", str(self.port)]
        )


def build_index(store: Path, folder: Path) -> None:
    """Build the index of a store."""
    subprocess.run([*_PLANWERK, "--quiet", "--store", str(store), "index", str(folder)], check=True)


def copy_index(built: Path, folder: Path) -> None:
    """Copy the index that counts to another replica as to another machine: its folder first, then the link."""
    index = (built / CURRENT).resolve()
    shutil.copytree(index, folder / (index.name + ".new"))
    (folder / (index.name + ".new")).rename(folder / index.name)
    (folder / "link").symlink_to(index.name)
    (folder / "link").replace(folder / CURRENT)


@contextmanager
def asking(port: int, text: str = QUESTION) -> Iterator[Seen]:
    """Ask all the time while the block runs, each request over a connection of its own."""
    seen, over = Seen(), Event()
    address = f"http://{LOCAL}:{port}/sparql?query={quote(text)}"
    threads = [Thread(target=_ask_on, args=(address, seen, over)) for _ in range(_ASKING)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _ask_on(address: str, seen: Seen, over: Event) -> None:
    while not over.wait(_PAUSE):
        begin = time.perf_counter()
        try:
            with urlopen(address, timeout=30) as answer:
                body = answer.read().decode()
        except (URLError, OSError) as error:
            seen.failures.append(repr(error))
            continue
        seen.seconds.append(time.perf_counter() - begin)
        seen.last = body.partition('"value":"')[2].partition('"')[0] or body
        if seen.last not in seen.answers:
            seen.answers.append(seen.last)


def switch(
    replicas: list[Replica],
    balancer: Balancer,
    store: Path,
    change: Callable[[], None],
    seen: Seen,
    rest: float = 0,
) -> None:
    """Change the store, rebuild, switch in for one replica after the other, then restart one after the other."""
    wait_for(seen, 10)
    change()
    first, *others = replicas
    build_index(store, first.folder)
    wait_for(seen, 10, rest)
    for replica in others:
        copy_index(first.folder, replica.folder)
        wait_for(seen, 10, rest)
    for replica in replicas:
        balancer.let([other.port for other in replicas if other is not replica])
        replica.restart()
        balancer.let([other.port for other in replicas])
        wait_for(seen, 10, rest)


def wait_for(seen: Seen, more: int, rest: float = 0) -> None:
    """Return when so many more requests are over, or one has failed, and the time to rest is."""
    before = len(seen.seconds)
    while len(seen.seconds) < before + more and not seen.failures:
        time.sleep(0.01)
    time.sleep(rest)


def prove(folder: Path, plans: int, *, nginx: bool, rest: float = 0) -> Seen:
    """Run the whole proof in a folder and return what whoever asked has seen."""
    store, base = folder / "store", Settings().base

    def fill(number: int) -> None:
        texts = source_texts(Inventory(number), base)
        SourceFiles(store, base).commit(texts, who="benchmark", why="made-up data")

    fill(plans)
    with ExitStack() as running:
        build_index(store, folder / "one")
        copy_index(folder / "one", folder / "two")
        replicas = [Replica(folder / name) for name in ("one", "two")]
        for replica in replicas:
            running.callback(replica.stop)
        ports = [replica.port for replica in replicas]
        for replica in replicas:
            replica.wait()
        balancer = Nginx(folder / "nginx", ports) if nginx else SmallBalancer(ports)
        running.callback(balancer.close)
        with asking(balancer.port) as seen:
            switch(replicas, balancer, store, lambda: fill(plans + 1), seen, rest)
    return seen


def main(seconds: int = 20, plans: int = 300) -> int:
    """Run the proof for about so many seconds and print what was seen."""
    nginx = Nginx.is_there()
    with TemporaryDirectory() as folder:
        seen = prove(Path(folder), plans, nginx=nginx, rest=seconds / 4)
    sys.stdout.write(f"behind {'nginx' if nginx else 'a small balancer of our own'}: {seen.line()}\n")
    return int(bool(seen.failures) or seen.answers != [str(plans), str(plans + 1)])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
