"""A server that answers as told, right or wrong: what a proxy, a tired server or a wrong address does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

JSON = "application/sparql-results+json"
EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'


@dataclass
class Said:
    """One answer: its status, type, further headers and body; how much longer it claims to be, and how it is sent."""

    body: bytes = EMPTY
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    silent: bool = False
    dripping: bool = False


@dataclass
class Lying:
    """What the server answers from now on, and what it was sent: path, head and body of each request."""

    said: Said = field(default_factory=Said)
    asked: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def lying_server() -> Iterator[Lying]:
    """Serve on a free port of this machine; what is answered can be changed all the time."""
    lying = Lying()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            lying.asked.append(
                (
                    self.path,
                    {name.lower(): value for name, value in self.headers.items()},
                    self.rfile.read(length).decode(),
                )
            )
            said = lying.said
            if said.silent:
                lying.over.wait(30)
                return
            self.send_response(said.status)
            self.send_header("content-type", said.media_type)
            self.send_header("content-length", str(len(said.body) + said.missing))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for byte in [said.body] if not said.dripping else [bytes([one]) for one in said.body]:
                self.wfile.write(byte)
                if said.dripping and lying.over.wait(0.2):
                    return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    lying.address = f"http://127.0.0.1:{server.server_address[1]}/query"
    try:
        yield lying
    finally:
        lying.over.set()
        server.shutdown()
        thread.join()
        time.sleep(0)
        server.server_close()
