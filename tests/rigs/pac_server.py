"""A web server that hands out one proxy configuration, on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serving_script(
    body: str,
    *,
    whole: bytes | None = None,
    status: int = 200,
    mime: str = "application/x-ns-proxy-autoconfig",
) -> Iterator[str]:
    """Give the address of a configuration whose function has this `body`, or that is just `whole`."""
    script = f"function FindProxyForURL(url, host) {{ {body} }}".encode() if whole is None else whole

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", mime)
            self.send_header("Content-Length", str(len(script)))
            self.end_headers()
            self.wfile.write(script)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/proxy.pac"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
