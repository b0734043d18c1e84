"""The desk served: its address, its limits, TLS, and a stop that leaves nothing half-done."""

import contextlib
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.pages.routes import page_routes
from tracker.frontdesk.refusals import DeskSetupError
from tracker.frontdesk.storage.uploads import all_upload_ids
from tracker.frontdesk.uvicorn_server import QuietServer
from tracker.frontdesk.web.application import build_application
from tracker.frontdesk.web.stream import HEARTBEAT, Streaming

LOCK_FILE = "serving.lock"
GRACE = 1
"""Whole seconds that calls under way get at the stop."""
KEEP_ALIVE = 75
OPEN_CALLS = 2_000


@dataclass(frozen=True, slots=True)
class ServeConfig:
    """Where and how to serve. Port 0: any free one. `certificate` and `private_key` are PEM files.

    `heartbeat` is the pause between signs of life on idle streams, in seconds.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    private_key: Path | None = None
    heartbeat: float = HEARTBEAT


class DeskServer:
    """Serves one desk once: `run` blocks, `stop` may be called from any thread or signal handler."""

    def __init__(self, config: ServeConfig) -> None:
        self._config = config
        self._stopped = threading.Event()
        self._uvicorn: QuietServer | None = None

    def run(self, ready: Callable[[str], None]) -> None:
        """Serve until `stop`; `ready` gets the base URL once calls are answered.

        In the main thread, Ctrl+C and SIGTERM stop it too. Raises `DeskSetupError` with a plain sentence
        when it may not or cannot serve.
        """
        config = self._config
        require_safe(config)
        with _only_one(config.folder), Desk(config.folder) as desk:
            with desk.reading() as connection:
                known = all_upload_ids(connection)
            desk.files.sweep(known)
            listener = _listen(config)
            with contextlib.closing(listener):
                server = QuietServer(_settings(config, desk), desk, lambda: ready(_url(config, listener)))
                self._uvicorn = server
                if not self._stopped.is_set():
                    server.run(sockets=[listener])

    def stop(self) -> None:
        """Stop within two seconds; streams are ended, calls under way are finished."""
        self._stopped.set()
        if self._uvicorn is not None:
            self._uvicorn.leave()


def serve(config: ServeConfig, ready: Callable[[str], None]) -> None:
    """Serve a desk in this thread until it is stopped by a signal."""
    DeskServer(config).run(ready)


@contextlib.contextmanager
def serving(config: ServeConfig) -> Iterator[str]:
    """Serve a desk in a thread of its own and give its URL; stopped and joined at the end.

    Raises what `DeskServer.run` raises.
    """
    server = DeskServer(config)
    started = threading.Event()
    urls: list[str] = []

    def ready(url: str) -> None:
        urls.append(url)
        started.set()

    with ThreadPoolExecutor(1, thread_name_prefix="frontdesk") as thread:
        running = thread.submit(server.run, ready)
        running.add_done_callback(lambda _: started.set())
        started.wait()
        try:
            if urls:
                yield urls[0]
        finally:
            server.stop()
            running.result()


def require_safe(config: ServeConfig) -> None:
    """Raise `DeskSetupError` for what cannot be, and where passwords would cross a network in the clear."""
    if not 0 <= config.port <= 65_535:
        raise DeskSetupError(f"{config.port} is no port. Give one from 1 to 65535, or 0 for any free one.")
    if (config.certificate is None) != (config.private_key is None):
        raise DeskSetupError("For TLS the desk needs both files: the certificate and its private key.")
    if config.certificate is None and not _is_loopback(config.host):
        raise DeskSetupError(
            f"The desk serves {config.host} only with TLS, since passwords would cross the network in the"
            " clear. Give a certificate and its private key, or serve 127.0.0.1."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the folder: two servers would not hear of each other's changes."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK_FILE, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise DeskSetupError(f"The desk in {folder} is being served already.") from error
    except OSError as error:
        raise DeskSetupError(f"The folder {folder} cannot be used: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def _listen(config: ServeConfig) -> socket.socket:
    """Listen on a socket that says it speaks TCP: only then does asyncio send small answers at once."""
    where = f"{config.host}, port {config.port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise DeskSetupError(f"The desk cannot be served on {where}: {error}.") from error
    try:
        if os.name == "posix":  # elsewhere it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, OverflowError) as error:
        listener.close()
        raise DeskSetupError(f"The desk cannot be served on {where}: {error}.") from error
    return listener


def _url(config: ServeConfig, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    scheme = "https" if config.certificate else "http"
    host = socket.gethostname() if config.host in ("0.0.0.0", "::") else config.host  # noqa: S104
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _settings(config: ServeConfig, desk: Desk) -> uvicorn.Config:
    settings = uvicorn.Config(
        build_application(desk, streaming=Streaming(config.heartbeat), pages=page_routes(desk)),
        http="h11",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=None,
        backlog=1024,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=config.certificate,
        ssl_keyfile=config.private_key,
    )
    try:
        settings.load()
    except (OSError, ssl.SSLError) as error:
        raise DeskSetupError(f"The certificate or its key cannot be used: {error}.") from error
    return settings
