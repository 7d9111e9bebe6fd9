"""The host process: loads the snapshot once, forks a worker per lane, and forks another whenever one ends.

A snapshot on disk is not loaded here: RocksDB's threads would not live on in a fork, so each worker opens it itself.

It is started as ``python -m graph.store.workers.supervisor FD...``, one control socket per lane, because a program
with threads must not fork itself. Over each control socket it hands the program one end of a worker's wire,
with the word how the worker before ended; its number from the program means "kill this worker", its end means
"this lane is over". It runs one thread, evaluates nothing itself, and ends with the program or with its
last lane.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from graph import sandbox
from graph.store.disk.confinement import open_confined
from graph.store.disk.place import hold
from graph.store.workers import worker

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Confines a fork of this process (its id, its wire): the store, the number of its wire, its address space.
    Confine = Callable[[int, int], tuple[ox.Store, int, int]]

_EXIT_NOT_CONFINED: Final = 70


def main(arguments: list[str]) -> None:
    """Load what standard input describes, say so on standard output, and keep the workers alive."""
    try:
        order = json.load(sys.stdin)
    except ValueError:  # the program has ended before it had said what to load
        return
    try:
        confine = _snapshot(order)
    except (OSError, SyntaxError, ValueError) as error:
        _tell({"unreadable": str(error)})
        return
    alone = sandbox.leave_network()
    sandbox.give_up_privileges()
    gc.freeze()
    _tell({"no_network": alone})
    controls = [socket.socket(fileno=int(number)) for number in arguments]
    _Supervisor(confine, order["prefixes"], controls).run(order["parent"])


def _snapshot(order: dict[str, Any]) -> Confine:
    """Load the files, or hold the index on disk that stands for them; return what makes a fork a worker on it."""
    if index := order.get("index"):
        hold(Path(index))
        return partial(open_confined, Path(index))
    return partial(_confine, load_store(order))


def _confine(store: ox.Store, host: int, wire: int) -> tuple[ox.Store, int, int]:
    kept, space = sandbox.confine(host, wire)
    return store, kept, space


def load_store(order: dict[str, Any]) -> ox.Store:
    """Return a store with one named graph per source file, the quads of further files, and derived quads.

    Raises ValueError that names the file, or SyntaxError for derived quads.
    """
    store = ox.Store()
    for name, path in order["sources"].items():
        _load(store, path, ox.RdfFormat.N_TRIPLES, ox.NamedNode(name))
    for path in order["quads"]:
        _load(store, path, ox.RdfFormat.N_QUADS, None)
    store.load(input=order["derived"].encode(), format=ox.RdfFormat.N_QUADS)
    return store


def _load(store: ox.Store, path: str, form: ox.RdfFormat, name: ox.NamedNode | None) -> None:
    """Load one file; the error names it."""
    try:
        store.load(path=path, format=form, to_graph=name)
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def _tell(message: dict[str, Any]) -> None:
    """Write one line to the program; where that has ended, end too."""
    try:
        print(json.dumps(message), flush=True)  # noqa: T201 - standard output is the line to the program
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit from None


@dataclass(slots=True)
class _Lane:
    """A control socket and the worker that serves it now."""

    control: socket.socket
    pid: int = 0
    pidfd: int = -1
    killed: bool = False
    over: bool = False


class _Supervisor:
    """Watches the program, the lanes and the workers."""

    def __init__(self, confine: Confine, prefixes: dict[str, str], controls: list[socket.socket]) -> None:
        self._confine = confine
        self._prefixes = prefixes
        self._lanes = [_Lane(control) for control in controls]
        self._selector = selectors.DefaultSelector()

    def run(self, parent: int) -> None:
        """Serve until the program ends or wants no lane any more."""
        self._watch(os.pidfd_open(parent), self._end)
        if os.getppid() != parent:
            return
        for lane in self._lanes:
            self._watch(lane.control, partial(self._hear, lane))
            self._fork(lane, {"ended": None})
        while self._lanes:
            for key, _ in self._selector.select():
                key.data()

    def _watch(self, source: socket.socket | int, react: Callable[[], None]) -> None:
        self._selector.register(source, selectors.EVENT_READ, react)

    def _end(self) -> None:
        """End, for the program is gone; the workers die with this process."""
        raise SystemExit

    def _hear(self, lane: _Lane) -> None:
        """Kill the worker: its number asks for it, and at the end of the wire the lane is over."""
        asked = lane.control.recv(32)
        if asked and int(asked) != lane.pid:
            return  # that one has ended by itself, another is in its place
        if not asked:
            lane.over = True
            self._selector.unregister(lane.control)
            lane.control.close()
        lane.killed = True
        signal.pidfd_send_signal(lane.pidfd, signal.SIGKILL)

    def _reap(self, lane: _Lane) -> None:
        """Put another worker in the place of one that has ended, unless its lane is over."""
        ended = os.waitstatus_to_exitcode(os.waitpid(lane.pid, 0)[1])
        self._selector.unregister(lane.pidfd)
        os.close(lane.pidfd)
        if ended == _EXIT_NOT_CONFINED:
            raise SystemExit(_EXIT_NOT_CONFINED)
        if lane.over:
            self._lanes.remove(lane)
        else:
            self._fork(lane, {"ended": ended, "killed": lane.killed})

    def _fork(self, lane: _Lane, message: dict[str, Any]) -> None:
        """Start a worker on the snapshot and hand its wire to the program."""
        ours, theirs = socket.socketpair()
        host = os.getpid()
        lane.pid, lane.killed = os.fork(), False
        if lane.pid == 0:
            self._become_worker(host, theirs)
        theirs.close()
        lane.pidfd = os.pidfd_open(lane.pid)
        self._watch(lane.pidfd, partial(self._reap, lane))
        with ours:
            news = json.dumps({**message, "pid": lane.pid}).encode()
            socket.send_fds(lane.control, [news], [ours.fileno()])

    def _become_worker(self, host: int, wire: socket.socket) -> None:
        """Run as a worker and never return."""
        ending = _EXIT_NOT_CONFINED
        try:
            store, kept, space = self._confine(host, wire.detach())
            ending = 1
            worker.serve(store, socket.socket(fileno=kept), self._prefixes, space)
            ending = 0
        finally:
            os._exit(ending)


if __name__ == "__main__":
    main(sys.argv[1:])
