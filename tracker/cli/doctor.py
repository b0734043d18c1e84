"""doctor: examine what the program needs, in plain sentences."""

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

from tracker import __version__
from tracker.cli.office import Office
from tracker.cli.output import write, write_json
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.program import open_reader
from tracker.core.shapes import SCHEMA, DoctorReport, Finding
from tracker.host.errors import HostError
from tracker.host.files import size_words
from tracker.host.paths import ProfilePaths, prepare_folders
from tracker.host.settings_file import SettingsFile
from tracker.model.errors import TrackerError

OK, WARN, BAD = "ok", "warning", "bad"
_LITTLE_SPACE = 100 * 1024 * 1024
_LIBRARIES = ("PySide6_Essentials", "httpx", "msgspec", "keyring")


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print a finding per thing examined; the exit status is 1 if any is bad."""
    findings = tuple(_findings(paths))
    if arguments.json:
        write_json(DoctorReport(SCHEMA, findings))
    else:
        for finding in findings:
            mark = {OK: "✓", WARN: "!", BAD: "✗"}[finding.state]
            write(f"{mark} {finding.about}: {finding.sentence}")
    return exits.REFUSED if any(finding.state == BAD for finding in findings) else exits.DONE


def _findings(paths: ProfilePaths) -> Iterator[Finding]:
    yield _versions()
    for examine in (_profile, _disk, _settings):
        yield _safely(examine, paths)
    yield from _desk(paths)
    yield _saved(paths)
    yield _notifications()


def _safely(examine: Callable[[ProfilePaths], Finding], paths: ProfilePaths) -> Finding:
    try:
        return examine(paths)
    except TrackerError as error:
        return Finding(examine.__name__.strip("_"), BAD, str(error))


def _versions() -> Finding:
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


def _desk(paths: ProfilePaths) -> Iterator[Finding]:
    try:
        with Office(paths) as office:
            answer = office.answer(ask.Examine())
    except (HostError, TrackerError) as error:
        yield Finding("desk", BAD, str(error))
        return
    if isinstance(answer, ask.Failed):
        yield Finding("desk", WARN if answer.code == exits.SIGN_IN else BAD, answer.sentence)
    elif isinstance(answer, ask.Examined):
        yield Finding("desk", OK, f"{answer.name} {answer.version} answers; you are {answer.user}.")
        yield Finding("can do", OK, ", ".join(answer.capabilities) + ".")
        skewed = abs(answer.clock_offset) > 90
        told = f"{abs(answer.clock_offset):.0f} s from the desk's clock."
        yield Finding("clock", WARN if skewed else OK, f"This computer's clock is {told}")
        for gap in answer.gaps:
            yield Finding("mapping", WARN, gap)


def _saved(paths: ProfilePaths) -> Finding:
    try:
        reader = open_reader(paths)
    except TrackerError as error:
        return Finding("saved requests", BAD, str(error))
    if reader is None:
        return Finding("saved requests", OK, "None yet.")
    counts, waiting = reader.counts(), len(reader.outbox())
    reader.close()
    state = WARN if waiting else OK
    return Finding(
        "saved requests", state, f"{counts.all} requests, {waiting} commands not confirmed by the desk."
    )


def _notifications() -> Finding:
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
