"""The program's side of the host process: one lane per worker, each used by one thread at a time."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.errors import StoreError
from graph.store.query.recall import TakenBackError
from graph.store.workers import frames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.store.query.recall import Recall

_GRACE: Final = 1.0
_REPLACEMENT: Final = 30.0
_PACKAGES: Final = str(Path(__file__).parents[3])


class HostLostError(Exception):
    """The host process is gone or no longer answers."""


class WorkerEndedError(Exception):
    """The worker ended over this query: by a signal (negative), an exit status, or killed by the host."""

    def __init__(self, ended: int, killed: bool) -> None:
        super().__init__(ended, killed)
        self.ended = ended
        self.killed = killed


class Lane:
    """One wire to a worker, and the control socket over which the host hands out wires."""

    def __init__(self, host: HostProcess, control: socket.socket) -> None:
        self.host = host
        self.worker = 0
        self._control = control
        self._control.settimeout(_REPLACEMENT)
        self._wire: socket.socket | None = None

    def ask(self, order: dict[str, Any], recall: Recall) -> tuple[dict[str, Any], bytes]:
        """Return the worker's reply; raise WorkerEndedError, TakenBackError or HostLostError when there is none."""
        wire = self.living_wire()
        if not recall.attach(self._stop):
            raise TakenBackError
        try:
            reply = self._exchange(wire, order)
        finally:
            stopped = recall.detach()
        if stopped or reply is None:
            news = self._take_wire()
            raise TakenBackError if stopped else WorkerEndedError(news["ended"], news["killed"])
        return reply

    def close(self) -> None:
        """Give up the worker; the host ends with its last lane."""
        self._control.close()
        if self._wire is not None:
            self._wire.close()

    def cut(self) -> None:
        """End this lane from another thread: whoever waits on it gets HostLostError."""
        self._control.shutdown(socket.SHUT_RDWR)

    def living_wire(self) -> socket.socket:
        """Return the wire of a worker that has not ended since the last query."""
        while self._wire is None or _has_news(self._wire):
            self._take_wire()
        return self._wire

    def _exchange(self, wire: socket.socket, order: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        """Return the reply, or None when the worker ends before it has answered."""
        wire.settimeout(order["seconds"] + _GRACE)
        try:
            frames.send(wire, order)
            return frames.receive(wire)
        except TimeoutError:
            self._kill_worker()
        except OSError:
            pass  # nobody reads: the host will tell how the worker ended
        return None

    def _take_wire(self) -> dict[str, Any]:
        """Exchange the wire for that of the next worker; return how the worker before ended."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        try:
            message, wires, _, _ = socket.recv_fds(self._control, 4096, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError as error:
            raise HostLostError from error
        if not wires:
            raise HostLostError
        self._wire = socket.socket(fileno=wires[0])
        news: dict[str, Any] = json.loads(message)
        self.worker = news["pid"]
        return news

    def _kill_worker(self) -> None:
        """Ask the host to kill a worker that its own alarm has not ended."""
        try:
            self._control.send(str(self.worker).encode())
        except OSError as error:
            raise HostLostError from error

    def _stop(self) -> None:
        """Have the worker killed, from another thread; the one that waits for it learns of a lost host."""
        with suppress(HostLostError):
            self._kill_worker()


class HostProcess:
    """One generation: a process with one snapshot, and its lanes."""

    def __init__(self, order: dict[str, Any], workers: int) -> None:
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(workers)]
        self._process = _start([theirs for _, theirs in pairs])
        self.pid = self._process.pid
        self.lanes = [Lane(self, ours) for ours, _ in pairs]
        self._open = set(self.lanes)
        self._lock = threading.Lock()
        self.over = False
        for _, theirs in pairs:
            theirs.close()
        try:
            self.no_network = _hand_over(self._process, order)
            for lane in self.lanes:
                lane.living_wire()
        except BaseException:
            for lane in self.lanes:
                self.release(lane)
            raise

    def release(self, lane: Lane) -> None:
        """Close one lane; the last one waits for the process to end."""
        with self._lock:
            self._open.discard(lane)
            lane.close()
            self.over = not self._open
        if self.over:
            self._wait()

    def cut(self) -> None:
        """Stop at once: queries that still run get no answer."""
        with self._lock:
            for lane in self._open:
                lane.cut()
        self._wait()

    def _wait(self) -> None:
        """Wait until the process has ended; kill it if it does not."""
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _has_news(wire: socket.socket) -> bool:
    """Tell whether an idle wire can be read, which only happens when the worker has ended."""
    poll = select.poll()
    poll.register(wire, select.POLLIN)
    return bool(poll.poll(0))


def _start(controls: Sequence[socket.socket]) -> subprocess.Popen[bytes]:
    """Start the host with its ends of the control sockets, in a session of its own (no Ctrl-C reaches it)."""
    numbers = [control.fileno() for control in controls]
    path = os.pathsep.join(filter(None, [_PACKAGES, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(  # noqa: S603 - our own module, and numbers
        [sys.executable, "-P", "-m", "graph.store.workers.supervisor", *map(str, numbers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=numbers,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )


def _hand_over(process: subprocess.Popen[bytes], order: dict[str, Any]) -> bool:
    """Tell the host what to load; return whether it could leave the network, or raise StoreError."""
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdout as said:
        with process.stdin as ear:
            ear.write(json.dumps({**order, "parent": os.getpid()}).encode())
        line = said.readline()
    if not line:
        raise HostLostError
    news: dict[str, Any] = json.loads(line)
    if "unreadable" in news:
        raise StoreError(
            f"Der Bestand lässt sich nicht in den Abfragespeicher laden: {news['unreadable']}",
            f"The source files cannot be loaded for querying: {news['unreadable']}",
        )
    return bool(news["no_network"])
