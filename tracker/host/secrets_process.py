"""The small process that alone talks to the keyring: one question a line in, one answer a line out.

A keyring may show a prompt and block for as long as nobody answers it. So the call lives where it can't
block anything else, and the process ends by itself when idle: it needs 25 MB, the program should not.
Run as `python -m tracker.host.secrets_process`, or `tracker --secrets-helper` when frozen.
"""

import json
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

IDLE_SECONDS = 5.0

# Only these keep secrets encrypted by the person's own sign-in; anything else is as good as none.
# kwallet serves KDE desktops without the Secret Service.
_SAFE_BACKENDS = {
    "linux": ("keyring.backends.SecretService", "keyring.backends.kwallet:DBusKeyring"),
    "darwin": ("keyring.backends.macOS",),
    "win32": ("keyring.backends.Windows:WinVaultKeyring",),
}


def main() -> int:
    """Answer until the questions end or nothing has been asked for five seconds."""
    questions: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read_questions, args=(questions,), daemon=True).start()
    while True:
        try:
            line = questions.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            return 0
        answer = _answer(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _read_questions(questions: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        questions.put(line)
    # The program has gone: also when the main thread waits at a prompt that nobody will answer.
    os._exit(0)


def _answer(question: dict[str, str]) -> dict[str, str | None]:
    """Do one thing; `outcome` says how it went, `secret` is there only when found."""
    backend = _backend(question.get("backend") or None)
    if backend is None:
        return {"outcome": "no_backend"}
    name = _name_of(backend)
    return {"backend": name, **_done(backend, question)}


def _done(backend: "KeyringBackend", question: dict[str, str]) -> dict[str, str | None]:
    from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

    service, entry = question["service"], question["name"]
    try:
        match question["do"]:
            case "get":
                secret = backend.get_password(service, entry)
                return {"outcome": "missing"} if secret is None else {"outcome": "found", "secret": secret}
            case "set":
                backend.set_password(service, entry, question["secret"])
                return {"outcome": "done"}
            case _:
                backend.delete_password(service, entry)
                return {"outcome": "done"}
    except PasswordDeleteError:
        return {"outcome": "missing"}
    except (InitError, KeyringLocked):
        return {"outcome": "refused" if _can_prompt() else "locked"}
    except Exception as error:
        # Backends let errors of their libraries through. The kind alone: a text might repeat the secret.
        return {"outcome": "failed", "detail": type(error).__name__}


def _can_prompt() -> bool:
    """Tell whether a keyring could ask the person; without a display every prompt counts as dismissed."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _backend(pinned: str | None) -> "KeyringBackend | None":
    """Give the pinned backend, or the first safe one that works here."""
    import importlib

    for place in _SAFE_BACKENDS.get(sys.platform, ()):
        module, _colon, kind = place.partition(":")
        if pinned and not pinned.startswith(module):
            continue
        backend_class: type[KeyringBackend] = getattr(importlib.import_module(module), kind or "Keyring")
        if backend_class.viable:
            return backend_class()
    return None


def _name_of(backend: "KeyringBackend") -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


if __name__ == "__main__":
    sys.exit(main())
