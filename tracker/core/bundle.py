"""The report for IT: what is in it, made so that it can be read before it is saved, with secrets blanked."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import distributions
from typing import TYPE_CHECKING

import msgspec

from tracker.core.examining.computer import environment_lines, program_words
from tracker.core.examining.report_text import findings_text
from tracker.core.shapes import SCHEMA, DoctorReport
from tracker.host.logs import FILE_NAME, FILES_KEPT
from tracker.host.policy.reading import read_policy
from tracker.host.redaction import BLANK, SHORTEST
from tracker.host.settings import write_settings
from tracker.host.settings_file import SettingsFile
from tracker.model.errors import StoreError, TrackerError
from tracker.store.private_words import private_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.core.shapes import Finding
    from tracker.host.paths import ProfilePaths
    from tracker.host.policy.policy import Policy
    from tracker.host.redaction import Redactor

LOG_BYTES = 256 * 1024
"""So much of the end of each log file is taken."""

_ABOUT = """A report of Tracker for IT, written {when}.

It holds: what was examined and found, the versions of the program and its parts, what IT has set
(policy), the settings, what the environment says that matters, and the end of Tracker's own log.

It does not hold: passwords and tokens (they are blanked as {blank}), the text of requests, replies and
chats, files, and the names of other people.

Nothing is sent anywhere: whoever made this report gives it to IT.
"""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of the report: its name in it, and its text as it will be saved."""

    name: str
    text: str


def make_bundle(
    paths: ProfilePaths, findings: tuple[Finding, ...], redactor: Redactor
) -> tuple[BundleFile, ...]:
    """Give every file of the report; `redactor` knows the secrets of this run. Never raises for one part."""
    policy = read_policy()
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("about.txt", _about),
        ("findings.txt", lambda: findings_text(findings)),
        ("findings.json", lambda: _json(msgspec.to_builtins(DoctorReport(SCHEMA, findings)))),
        ("versions.txt", _versions),
        ("policy.txt", lambda: policy_text(policy)),
        ("settings.json", lambda: _settings(paths, policy)),
        ("environment.txt", lambda: "".join(f"{line}\n" for line in environment_lines())),
    )
    made = [BundleFile(name, redactor.clean(_made(make))) for name, make in parts]
    return (*made, *_logs(paths, redactor))


def policy_text(policy: Policy) -> str:
    """Say what IT has set, where it stands, whether it is locked, and what could not be used."""
    lines = [
        f"{name} = {_policy_value(given.value)} ({'locked, ' if given.locked else ''}{given.source})"
        for name, given in sorted(policy.given.items())
    ]
    lines += [f"! {complaint}" for complaint in policy.complaints]
    return "".join(f"{line}\n" for line in lines) or "Nothing is set.\n"


def _policy_value(value: object) -> str:
    """Write a value; of a table, what its names call secret is blanked."""
    is_table = isinstance(value, tuple) and bool(value) and all(isinstance(row, tuple) for row in value)
    if not is_table:
        return repr(value)
    return repr(dict(_safe_options(tuple((str(row[0]), str(row[1])) for row in value))))  # type: ignore[attr-defined]


def _made(make: Callable[[], str]) -> str:
    """Make one file's text; what cannot be had is said in it, and the rest of the report stands."""
    try:
        return make()
    except TrackerError as error:
        return f"This could not be read. {error}\n"
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        return f"This could not be read: {type(error).__name__}.\n"


def _about() -> str:
    return _ABOUT.format(when=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", blank=BLANK)


def _versions() -> str:
    names = {
        f"{found.name} {found.version}"
        for found in distributions()
        if found.name and found.version is not None
    }
    return "".join(f"{line}\n" for line in (program_words(), *sorted(names, key=str.lower)))


def _settings(paths: ProfilePaths, policy: Policy) -> str:
    """Give the settings with the requests in them left out, and the values of options that may be secret."""
    settings = SettingsFile(paths.settings, policy).load()
    desk, chat = settings.desk, settings.chat
    tidy = replace(
        settings,
        muted=frozenset(),
        desk=desk and replace(desk, options=_safe_options(desk.options)),
        chat=chat and replace(chat, options=_safe_options(chat.options)),
    )
    return _json(write_settings(tidy))


def _safe_options(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    secret = re.compile(r"pass|pwd|secret|token|key|cookie|auth|session|credential", re.IGNORECASE)
    return tuple((name, BLANK if secret.search(name) else value) for name, value in options)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _logs(paths: ProfilePaths, redactor: Redactor) -> list[BundleFile]:
    """Give the ends of the logs, newest first, with what people wrote blanked as well."""
    words = _private(paths)
    found = []
    for name in (FILE_NAME, *(f"{FILE_NAME}.{number}" for number in range(1, FILES_KEPT + 1))):
        path = paths.logs / name
        if path.exists():
            text = redactor.clean(_made(partial(_end_of, path)))
            for word in words:
                text = text.replace(word, BLANK)
            found.append(BundleFile(f"log/{name}", text))
    return found


def _private(paths: ProfilePaths) -> tuple[str, ...]:
    if not paths.store.exists():
        return ()
    try:
        return tuple(word for word in private_words(paths.store) if len(word) >= SHORTEST)
    except StoreError:
        return ()


def _end_of(path: Path) -> str:
    """Give the end of a log from the start of a line on: half a line could hide what it is from the rules."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LOG_BYTES))
        end = file.read(LOG_BYTES)
    if size > LOG_BYTES:
        end = end.partition(b"\n")[2]
    return end.decode("utf-8", "replace")
