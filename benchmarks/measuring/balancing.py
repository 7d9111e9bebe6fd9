"""Two balancers in front of replicas on this machine: nginx where it is installed, else a small one of our own.

Both pass each connection to the next replica that is in, and let a replica out when its last answer is written.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from benchmarks.measuring.ports import free_port, wait_for_port

LOCAL = "127.0.0.1"
_BLOCK = 1 << 16
_NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  upstream replicas {{ {servers} }}
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://replicas; proxy_set_header Host localhost; }} }}
}}
"""


class Balancer(Protocol):
    """Passes requests on to replicas."""

    port: int

    def let(self, ports: list[int]) -> None:
        """Let exactly these replicas in; return when no other has an answer to write any more."""

    def close(self) -> None:
        """Stop."""


class Nginx:
    """nginx, told by its configuration and a reload."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.port, self._folder = free_port(), folder
        folder.mkdir(parents=True, exist_ok=True)
        self._write(ports)
        self._process = subprocess.Popen(self._command())
        wait_for_port(self.port)

    @staticmethod
    def is_there() -> bool:
        """Tell whether nginx is installed."""
        return shutil.which("nginx") is not None

    def let(self, ports: list[int]) -> None:
        """Let exactly these replicas in; the old worker process ends with its last answer."""
        before = self._workers()
        self._write(ports)
        subprocess.run([*self._command(), "-s", "reload"], check=True)
        while before & self._workers():
            time.sleep(0.02)

    def close(self) -> None:
        """Stop."""
        self._process.terminate()
        self._process.wait()

    def _write(self, ports: list[int]) -> None:
        servers = " ".join(f"server {LOCAL}:{port};" for port in ports)
        text = _NGINX.format(folder=self._folder, servers=servers, port=self.port)
        (self._folder / "nginx.conf").write_text(text)

    def _command(self) -> list[str]:
        path = shutil.which("nginx") or "nginx"
        return [path, "-p", str(self._folder), "-c", "nginx.conf", "-e", str(self._folder / "error.log")]

    def _workers(self) -> set[int]:
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return set(map(int, children.read_text().split()))


class SmallBalancer:
    """A balancer in a thread: a connection goes to the next replica, and stays there."""

    def __init__(self, ports: list[int]) -> None:
        self.port = free_port()
        self._ports = list(ports)
        self._open: dict[int, int] = {}
        self._next = 0
        self._loop = asyncio.new_event_loop()
        self._started = Event()
        self._thread = Thread(target=self._run)
        self._thread.start()
        self._started.wait()

    def let(self, ports: list[int]) -> None:
        """Let exactly these replicas in, and wait until all others have written their last answer."""
        self._ports = list(ports)
        while any(number for port, number in self._open.items() if port not in ports):
            time.sleep(0.01)

    def close(self) -> None:
        """Stop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass, LOCAL, self.port))
        self._started.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(server.wait_closed())
        self._loop.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ports, self._next = self._ports, self._next + 1
        port = ports[self._next % len(ports)]
        self._open[port] = self._open.get(port, 0) + 1
        try:
            with suppress(ConnectionError):
                up, down = await asyncio.open_connection(LOCAL, port)
                await asyncio.gather(_pipe(reader, down), _pipe(up, writer))
        finally:
            self._open[port] -= 1
            writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while block := await reader.read(_BLOCK):
            writer.write(block)
            await writer.drain()
    finally:
        writer.close()
