"""What is examined on this computer: versions, folders, disk, settings, keyring, saved requests, start."""

from __future__ import annotations

import os
import platform
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.core.examining.running import BAD, OK, WARN
from tracker.core.reading import open_reader
from tracker.core.secret_keeping import KEYRING_LIMIT, NAME
from tracker.core.shapes import Finding
from tracker.host.files import size_words
from tracker.host.network_disk import network_disk
from tracker.host.paths import prepare_folders
from tracker.host.policy.keys import DESK_URL
from tracker.host.policy.reading import read_policy
from tracker.host.redaction import BLANK
from tracker.host.secrets import KeyringState, Secrets
from tracker.host.settings import Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.errors import TrackerError
from tracker.store.errors import NotReady

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.host.paths import ProfilePaths
    from tracker.host.policy.policy import Policy

LIBRARIES = ("PySide6_Essentials", "httpx", "msgspec", "keyring", "truststore", "anyio", "jeepney")

_LITTLE_SPACE = 100 * 1024 * 1024

_LOOKS, _PAUSE = 50, 0.1
"""So often, and seconds apart, are saved requests looked at that are not ready: five seconds in all."""

_ASKED_AGAIN = "Tracker asks for your sign-in at every start."
_KEYRING = {
    KeyringState.FOUND: (OK, "It holds your sign-in.", ""),
    KeyringState.MISSING: (OK, "It is open and holds no sign-in of this profile.", ""),
    KeyringState.LOCKED: (WARN, "It is locked.", "Unlock it, and Tracker goes on by itself."),
    KeyringState.REFUSED: (
        WARN,
        f"It was not unlocked, so {_ASKED_AGAIN}",
        "Sign in again and unlock it when it asks.",
    ),
    KeyringState.NO_BACKEND: (
        WARN,
        f"This computer has none that is safe, so {_ASKED_AGAIN}",
        "IT can install one, such as GNOME Keyring or KWallet.",
    ),
    KeyringState.WAITING: (
        WARN,
        "It does not answer.",
        "Look for a window of the keyring that waits for you; it may lie behind others.",
    ),
}


def versions() -> Iterator[Finding]:
    """Say what is installed."""
    yield Finding("versions", OK, f"{program_words()}; {', '.join(library_words())}")


def program_words() -> str:
    """Name the program, Python and the system with their versions."""
    return f"tracker {__version__}, Python {platform.python_version()}, {platform.platform()}"


def library_words() -> list[str]:
    """Name each important library with its version; the installed program may not tell of all."""
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} (no version told)")
    return found


def folders(paths: ProfilePaths) -> Iterator[Finding]:
    """Say whether the profile can be written to, and whether it lies on a disk of the network."""
    prepare_folders(paths)
    kind = network_disk(paths.data)
    if not kind:
        yield Finding("profile", OK, f"{paths.data} can be written to.")
        return
    yield Finding(
        "profile",
        WARN,
        f"{paths.data} lies on a disk of the network ({kind}). Two computers must not use it at once.",
        "IT can keep the data on this computer: set XDG_DATA_HOME and XDG_CACHE_HOME to a local folder.",
    )


def disk(paths: ProfilePaths) -> Iterator[Finding]:
    """Say how much is free. All is examined at once, so the profile may not be made yet, its disk is."""
    place = next(folder for folder in (paths.data, *paths.data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    little = free <= _LITTLE_SPACE
    advice = "Free some space: Tracker cannot keep what you write on a full disk." if little else ""
    yield Finding("disk", WARN if little else OK, f"{size_words(free)} are free.", advice)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings as they count now, and IT's policy; `trouble` says why they could not be read."""

    settings: Settings
    policy: Policy
    complaints: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def desk_url(self) -> str:
        """The address of the desk that is signed in to, else of the one that IT has set."""
        return self.settings.desk.url if self.settings.desk is not None else self.policy.value(DESK_URL)


def read_chosen(paths: ProfilePaths) -> Chosen:
    """Read both once, for all examinations: a damaged file is set aside by whoever reads it first."""
    policy = read_policy()
    file = SettingsFile(paths.settings, policy)
    try:
        return Chosen(file.load(), policy, file.complaints)
    except TrackerError as error:
        return Chosen(Settings(), policy, trouble=str(error))


def settings(chosen: Chosen) -> Iterator[Finding]:
    """Say which desk is set, and what in the settings cannot be used."""
    desk = chosen.settings.desk
    if chosen.trouble:
        yield Finding("settings", BAD, chosen.trouble)
    elif chosen.complaints:
        yield Finding("settings", WARN, " ".join(chosen.complaints), "Look through the settings once.")
    elif desk is None:
        known = f"IT has set the desk at {chosen.desk_url}; nobody has signed in yet."
        yield Finding("settings", OK, known if chosen.desk_url else "No desk yet.")
    else:
        yield Finding("settings", OK, f"Desk: {desk.kind} at {desk.url}, as {desk.user}.")


def saved(paths: ProfilePaths) -> Iterator[Finding]:
    """Say how much is kept here, and what the desk does not have yet.

    All is examined at once, so the desk's examination may be making the file, or bringing an older program's
    up to date: that is waited for.
    """
    for _look in range(_LOOKS):
        with suppress(NotReady):
            reader = open_reader(paths)
            break
        time.sleep(_PAUSE)
    else:
        reader = open_reader(paths)
    if reader is None:
        yield Finding("saved requests", OK, "None yet.")
        return
    try:
        counts, waiting = reader.counts(), len(reader.outbox())
    finally:
        reader.close()
    kept = "1 request" if counts.all == 1 else f"{counts.all} requests"
    told = f"{kept} saved here, {waiting or 'nothing'} still on the way to the desk."
    advice = "It is sent when the desk answers; see “tracker outbox”." if waiting else ""
    yield Finding("saved requests", WARN if waiting else OK, told, advice)


def keyring(paths: ProfilePaths) -> Iterator[Finding]:
    """Say whether the keyring keeps the sign-in; it may take KEYRING_LIMIT."""
    import anyio

    state = anyio.run(partial(_keyring_state, paths))
    broken = (WARN, "It does not work.", "Look at the system's own keyring program.")
    how, sentence, advice = _KEYRING.get(state, broken)
    yield Finding("keyring", how, sentence, advice)


async def _keyring_state(paths: ProfilePaths) -> KeyringState:
    secrets = Secrets(paths.key, paths.keyring_backend, give_up_after=KEYRING_LIMIT)
    try:
        await secrets.get(NAME)
        return secrets.state
    finally:
        await secrets.aclose()


def start(chosen: Chosen) -> Iterator[Finding]:
    """Say whether the sign-in at this computer starts Tracker."""
    from tracker.host.autostart import autostart, company_entry

    wanted, own, company = chosen.settings.autostart, autostart().is_on(), company_entry()
    if wanted and not own and not company:
        yield Finding(
            "start",
            WARN,
            "You want Tracker to start at sign-in, but its entry is gone.",
            "Switch “Start when I sign in” off and on in the settings.",
        )
    elif own or (company and wanted):
        yield Finding("start", OK, "Starts at sign-in.")
    else:
        yield Finding("start", OK, "Started by hand.")


def environment_lines() -> list[str]:
    """Give what the environment says that matters to Tracker, a line each: an allow-list, nothing else."""
    names = (
        *("LANG", "LC_ALL", "LC_TIME", "TZ", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"),
        *("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "XDG_SESSION_ID", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"),
        *("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR"),
        *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"),
        *(
            "http_proxy",
            "https_proxy",
            "all_proxy",
            "no_proxy",
            "SESSIONNAME",
            "CLIENTNAME",
            "SSH_CONNECTION",
        ),
    )
    return [f"{name}={_without_login(name, os.environ[name])}" for name in names if name in os.environ]


def _without_login(name: str, value: str) -> str:
    """Blank who one is at a proxy, also in an address that names no scheme, or holds a second “@”."""
    login, at, place = value.rpartition("@")
    if not at or not name.lower().endswith("_proxy"):
        return value
    scheme, mark, _rest = login.partition("://")
    return f"{scheme}{mark}{BLANK}@{place}" if mark else f"{BLANK}@{place}"
