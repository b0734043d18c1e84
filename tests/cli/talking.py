"""`tracker chat` at work: what it prints, and a keyboard."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Mapping

from tests.cli.terminal import Said
from tracker.host.virtual_desktop import wait_until

PATIENCE = 30.0


class Talking:
    """The command from start to `leave` or the chat's end; `lines` is what it has printed so far."""

    def __init__(self, command: list[str], env: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._reader = threading.Thread(target=self._read, name="talk", daemon=True)
        self._reader.start()

    def __enter__(self) -> Talking:
        return self

    def __exit__(self, *_what: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._close()

    def type(self, text: str) -> None:
        """Type a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n".encode())
        self._process.stdin.flush()

    def wait_for(self, *words: str) -> str:
        """Give the first line with all of these words, as soon as it has been printed."""

        def found() -> str | None:
            return next((line for line in list(self.lines) if all(word in line for word in words)), None)

        wait_until(
            lambda: found() is not None or self._process.poll() is not None,
            timeout=PATIENCE,
            what=f"{words}; so far: {self.lines}",
        )
        line = found()
        assert line is not None, f"the command ended; it had said {self.lines}"
        return line

    def leave(self) -> Said:
        """Press Ctrl+C."""
        self._process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> Said:
        """Wait for its end."""
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self._process.stderr is not None
        trouble = self._process.stderr.read().decode()
        assert "Traceback" not in trouble, trouble
        self._close()
        return Said(code, "\n".join(self.lines), trouble)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))

    def _close(self) -> None:
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None and not stream.closed:
                stream.close()
