"""Passwords and tokens in the system's keyring, asked through a small process that may hang without harm."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from tracker.host.disk import write_whole
from tracker.host.errors import HostError

if TYPE_CHECKING:
    from anyio.abc import Process
    from anyio.streams.buffered import BufferedByteReceiveStream

PASSWORD_VARIABLE = "TRACKER_PASSWORD"  # noqa: S105 - a name, not a secret
NO_KEYRING_VARIABLE = "TRACKER_NO_KEYRING"
"""Set to anything: no keyring is asked, secrets last for this session alone."""

# Windows keeps at most 2,560 bytes, at two bytes a character.
LONGEST = 1200
SAY_AFTER = 1.5
GIVE_UP_AFTER = 60.0
_LARGEST_ANSWER = 64 * 1024


class KeyringState(StrEnum):
    """How the last question to the keyring went; each needs other words and another next step."""

    UNASKED = "unasked"
    FOUND = "found"  # the keyring holds it
    MISSING = "missing"  # the keyring is open and has no such entry
    LOCKED = "locked"  # it is closed and could not ask the person; not the same as empty
    REFUSED = "refused"  # the person closed its prompt; remembered until ask_again()
    NO_BACKEND = "no_backend"  # this computer has no safe keyring, or not the one we signed in with
    WAITING = "waiting"  # it shows a prompt, or does not answer
    FAILED = "failed"  # it broke


class SecretRefused(HostError):
    """This text cannot be kept as a secret."""


class Secrets:
    """The secrets of one profile. Use it on one event loop; one question is on its way at a time.

    What the keyring can't take is kept for this session in memory (`session_only`), never on disk. What it
    does not give, TRACKER_PASSWORD does. `changed` hears every new state, "waiting" too.
    """

    def __init__(
        self,
        profile: str,
        pin: Path,
        *,
        environment: Mapping[str, str] | None = None,
        changed: Callable[[KeyringState], None] = lambda _state: None,
        say_after: float = SAY_AFTER,
        give_up_after: float = GIVE_UP_AFTER,
    ) -> None:
        """`profile` keys the entries, `pin` is the file that keeps which keyring the first sign-in used."""
        from anyio import Lock

        env = dict(os.environ if environment is None else environment)
        self._service = f"it-tracker:{profile}"
        self._pin = pin
        self._given = env.pop(PASSWORD_VARIABLE, None)
        self._has_keyring = not env.get(NO_KEYRING_VARIABLE)
        self._keeper = _Keeper(env)
        self._changed = changed
        self._patience = (say_after, max(0.0, give_up_after - say_after))
        self._turn = Lock()
        self._session: dict[str, str] = {}
        self._refused = False
        self._state = KeyringState.UNASKED

    def __repr__(self) -> str:
        return f"Secrets({self._service!r}, {self._state})"

    @property
    def state(self) -> KeyringState:
        """How the last question went."""
        return self._state

    @property
    def session_only(self) -> bool:
        """Whether a secret is kept in memory alone, so that the next start asks for it again."""
        return bool(self._session)

    async def get(self, name: str, *, or_given: bool = True) -> str | None:
        """Give a secret; None when there is none to be had now, and then `state` says why.

        `or_given`: TRACKER_PASSWORD is meant for this one.
        """
        if name in self._session:
            return self._session[name]
        answer = await self._ask("get", name)
        secret = answer.get("secret") if self._state is KeyringState.FOUND else None
        return self._given if secret is None and or_given else secret

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret in the keyring, or for this session where that fails; `session_only` tells which.

        Raises SecretRefused for an empty text or one of over 1,200 characters.
        """
        if not secret or len(secret) > LONGEST:
            raise SecretRefused(f"A password or token must have 1 to {LONGEST} characters.")
        self._session[name] = secret  # also when this is cancelled half-way
        answer = await self._ask("set", name, secret=secret)
        if self._state is KeyringState.FOUND:
            del self._session[name]
            self._keep_pin(answer.get("backend") or "")

    async def delete(self, name: str, *, others: bool = False) -> bool:
        """Forget a secret everywhere; tells whether it is certainly gone from the keyring as well.

        A person has asked for it, so a keyring that was refused before is asked again. `others`: more of
        the profile's secrets stay in the same keyring.
        """
        self._session.pop(name, None)
        self.ask_again()
        await self._ask("delete", name)
        # A keyring that was used and can't be reached now may still hold it.
        never_there = self._state is KeyringState.NO_BACKEND and not self._pinned()
        gone = never_there or self._state is KeyringState.MISSING
        if gone and not others:
            with suppress(OSError):
                self._pin.unlink(missing_ok=True)
        return gone

    def ask_again(self) -> None:
        """Forget that the person refused: they have asked for something that needs the keyring."""
        self._refused = False

    async def aclose(self) -> None:
        """Forget what was kept for this session and end the process, also while it waits at a prompt."""
        self._session.clear()
        await self._keeper.aclose()

    async def _ask(self, do: str, name: str, secret: str = "") -> dict[str, str]:
        if not self._has_keyring:
            self._enter(KeyringState.NO_BACKEND)
            return {}
        if self._refused:
            self._enter(KeyringState.REFUSED)
            return {}
        question = {"do": do, "service": self._service, "name": name, "secret": secret}
        line = json.dumps(question | {"backend": self._pinned()}).encode() + b"\n"
        answer = await self._answer_in_time(line)
        self._enter(_state_of(do, answer))
        self._refused = self._state is KeyringState.REFUSED
        return answer or {}

    async def _answer_in_time(self, line: bytes) -> dict[str, str] | None:
        """Give the answer, say "waiting" when it takes long, and None when it took too long."""
        from anyio import move_on_after

        for seconds in self._patience:
            with move_on_after(seconds):
                async with self._turn:
                    return await self._keeper.exchange(line)
            self._enter(KeyringState.WAITING)
        return None

    def _enter(self, state: KeyringState) -> None:
        if state is not self._state:
            self._state = state
            self._changed(state)

    def _pinned(self) -> str:
        try:
            return self._pin.read_text("utf-8").strip()[:200]
        except (OSError, ValueError):
            return ""

    def _keep_pin(self, backend: str) -> None:
        if backend and backend != self._pinned():
            # Without the pin another keyring may be asked the next time: a nuisance, nothing lost.
            with suppress(HostError):
                write_whole(self._pin, backend.encode(), doing="remembering the keyring")


def _state_of(do: str, answer: dict[str, str] | None) -> KeyringState:
    if answer is None:
        return KeyringState.WAITING
    outcome = answer.get("outcome", "failed")
    if outcome == "done":
        return KeyringState.FOUND if do == "set" else KeyringState.MISSING
    return KeyringState(outcome) if outcome in list(KeyringState) else KeyringState.FAILED


class _Keeper:
    """The process that talks to the keyring: started when asked something, gone five seconds later.

    exchange() may be cancelled: the answer that is still owed is read before the next question, and the
    same question is not asked twice. So a prompt on the screen is never orphaned.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._process: Process | None = None
        self._answers: BufferedByteReceiveStream | None = None
        self._owed: bytes | None = None

    async def exchange(self, line: bytes) -> dict[str, str]:
        """Ask one question; a process that ended just then is started once more."""
        from anyio import BrokenResourceError, ClosedResourceError, EndOfStream, IncompleteRead

        for _attempt in range(2):
            try:
                if self._owed is not None and self._owed != line:
                    await self._read()
                if self._owed is None:
                    await self._send(line)
                return await self._read()
            except (BrokenResourceError, ClosedResourceError, EndOfStream, IncompleteRead):
                await self.aclose()
            except OSError:
                await self.aclose()
                break
        return {"outcome": "failed"}

    async def aclose(self) -> None:
        """End the process; closing its questions ends it even at a prompt."""
        from anyio import CancelScope, move_on_after

        process, self._process = self._process, None
        self._answers, self._owed = None, None
        if process is None:
            return
        with CancelScope(shield=True):
            with move_on_after(2):
                await process.aclose()
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _send(self, line: bytes) -> None:
        from anyio import open_process
        from anyio.streams.buffered import BufferedByteReceiveStream

        if self._process is None or self._process.returncode is not None:
            await self.aclose()
            self._process = await open_process(
                _command(), env=_helper_environment(self._environment), stderr=DEVNULL, start_new_session=True
            )
            assert self._process.stdout is not None  # noqa: S101 - a pipe by default
            self._answers = BufferedByteReceiveStream(self._process.stdout)
        assert self._process.stdin is not None  # noqa: S101 - a pipe by default
        self._owed = line
        await self._process.stdin.send(line)

    async def _read(self) -> dict[str, str]:
        from anyio import ClosedResourceError

        if self._answers is None:
            raise ClosedResourceError
        said = json.loads(await self._answers.receive_until(b"\n", _LARGEST_ANSWER))
        self._owed = None
        return {key: value for key, value in said.items() if isinstance(value, str)}


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--secrets-helper"]
    # -P: what lies in the current folder must not be taken for one of our modules.
    return [sys.executable, "-P", "-m", "tracker.host.secrets_process"]


def _helper_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Let the process find this package, and save keyring its search for other backends."""
    here = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [here, environment.get("PYTHONPATH", "")]))
    return dict(environment) | {
        "PYTHONPATH": search,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
