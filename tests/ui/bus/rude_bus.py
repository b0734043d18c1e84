"""A local socket that is no proper bus: it says what a test wants, or nothing."""

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


class RudeBus:
    """Answers each thing it reads with the next of `answers`; an empty one hangs up."""

    def __init__(self, folder: Path, answers: Sequence[bytes]) -> None:
        self.address = f"unix:path={folder / 'rude'}"
        self._answers = list(answers)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / "rude"))
        self._listening.listen()
        self._peer: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, name="rude-bus", daemon=True)
        self._thread.start()

    def close(self) -> None:
        for open_socket in (self._listening, self._peer):
            if open_socket is not None:
                with suppress(OSError):
                    open_socket.shutdown(socket.SHUT_RDWR)
                open_socket.close()
        self._thread.join(timeout=5)

    def _serve(self) -> None:
        with suppress(OSError):
            self._peer, _address = self._listening.accept()
            for answer in self._answers:
                self._peer.recv(65_536)
                if not answer:
                    self._peer.shutdown(socket.SHUT_RDWR)
                    return
                self._peer.sendall(answer)
            while self._peer.recv(65_536):
                pass
