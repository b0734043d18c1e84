"""What `tracker doctor` looks at on this computer: versions, folders, disk, settings, keyring, notices."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from tracker import __version__
from tracker.core.reading import open_reader
from tracker.core.secret_keeping import NAME
from tracker.core.shapes import Finding
from tracker.host.disk import sentence_for
from tracker.host.files import size_words
from tracker.host.paths import ProfilePaths, prepare_folders
from tracker.host.secrets import KeyringState, Secrets
from tracker.host.settings_file import SettingsFile
from tracker.model.errors import TrackerError

OK, WARN, BAD = "ok", "warning", "bad"

Examine = Callable[[ProfilePaths], Finding]

_LITTLE_SPACE = 100 * 1024 * 1024
_LIBRARIES = ("PySide6_Essentials", "httpx", "msgspec", "keyring")

_KEYRING_LIMIT = 10.0
"""Seconds to wait for a keyring that may be showing a prompt."""

_KEYRING = {
    KeyringState.FOUND: (OK, "It holds your sign-in."),
    KeyringState.MISSING: (OK, "It is open and holds no sign-in of this profile."),
    KeyringState.LOCKED: (WARN, "It is locked. Unlock it, and Tracker goes on by itself."),
    KeyringState.REFUSED: (WARN, "It was not unlocked, so Tracker asks for your password at every start."),
    KeyringState.NO_BACKEND: (
        WARN,
        "This computer has none that is safe, so Tracker asks for your password at every start.",
    ),
    KeyringState.WAITING: (WARN, "It does not answer. It may be waiting for you in a window of its own."),
}


def safely(about: str, examine: Examine, paths: ProfilePaths) -> Finding:
    """Examine one thing; what cannot be examined is a bad finding itself."""
    try:
        return examine(paths)
    except TrackerError as error:
        return Finding(about, BAD, str(error))
    except OSError as error:
        return Finding(about, BAD, sentence_for(error, "looking there", paths.data))


def versions() -> Finding:
    """Say what is installed."""
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} is missing")
    program = f"tracker {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Finding("versions", OK, f"{program}; {', '.join(found)}")


def _profile(paths: ProfilePaths) -> Finding:
    prepare_folders(paths)
    return Finding("profile", OK, f"{paths.data} can be written to.")


def _disk(paths: ProfilePaths) -> Finding:
    free = shutil.disk_usage(paths.data).free
    state = OK if free > _LITTLE_SPACE else WARN
    return Finding("disk", state, f"{size_words(free)} are free.")


def _settings(paths: ProfilePaths) -> Finding:
    file = SettingsFile(paths.settings)
    settings = file.load()
    if file.complaints:
        return Finding("settings", WARN, " ".join(file.complaints))
    desk = settings.desk
    return Finding(
        "settings", OK, f"Desk: {desk.kind} at {desk.url}, as {desk.user}." if desk else "No desk yet."
    )


def _saved(paths: ProfilePaths) -> Finding:
    reader = open_reader(paths)
    if reader is None:
        return Finding("saved requests", OK, "None yet.")
    try:
        counts, waiting = reader.counts(), len(reader.outbox())
    finally:
        reader.close()
    state = WARN if waiting else OK
    kept = "1 request" if counts.all == 1 else f"{counts.all} requests"
    told = f"{kept} saved here, {waiting or 'nothing'} still on the way to the desk."
    return Finding("saved requests", state, told)


def _notifications(_paths: ProfilePaths) -> Finding:
    if sys.platform != "linux":
        return Finding("notifications", OK, "Shown by the system.")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return Finding(
            "notifications", WARN, "There is no session bus, so notices are shown in the window alone."
        )
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    address = DBusAddress(
        "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
    )
    try:
        with open_dbus_connection(bus="SESSION") as bus:
            answer = bus.send_and_get_reply(new_method_call(address, "GetServerInformation"), timeout=3)
            name = str(answer.body[0])
    except (OSError, TimeoutError, KeyError) as error:
        return Finding(
            "notifications", WARN, f"The notification service does not answer ({type(error).__name__})."
        )
    return Finding("notifications", OK, f"Shown by {name}.")


def _keyring(paths: ProfilePaths) -> Finding:
    import anyio

    state = anyio.run(partial(_keyring_state, paths))
    how, sentence = _KEYRING.get(state, (WARN, "It does not work. Look at the system's own keyring program."))
    return Finding("keyring", how, sentence)


async def _keyring_state(paths: ProfilePaths) -> KeyringState:
    secrets = Secrets(paths.key, paths.keyring_backend, give_up_after=_KEYRING_LIMIT)
    try:
        await secrets.get(NAME)
        return secrets.state
    finally:
        await secrets.aclose()


BEFORE_THE_DESK: tuple[tuple[str, Examine], ...] = (
    ("profile", _profile),
    ("disk", _disk),
    ("settings", _settings),
    ("keyring", _keyring),
)
AFTER_THE_DESK: tuple[tuple[str, Examine], ...] = (
    ("saved requests", _saved),
    ("notifications", _notifications),
)
