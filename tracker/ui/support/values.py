"""What the support pages show: findings, and the files of a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class State(StrEnum):
    """How it is with a thing."""

    OK = "ok"
    WARN = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: which, how it is, a sentence, and what to do about it if anything."""

    about: str
    state: State
    sentence: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file of the report: its name, and its text as it will be saved."""

    name: str
    text: str


def heading_of(about: str) -> str:
    """Give the words for what was looked at; what has none is said as it is called."""
    words = {
        "versions": _tr("Versions"),
        "policy": _tr("What IT has set"),
        "profile": _tr("Place of your data"),
        "disk": _tr("Room on the disk"),
        "settings": _tr("Settings"),
        "keyring": _tr("Keyring"),
        "name": _tr("Name of the IT desk"),
        "proxy": _tr("Proxy"),
        "connection": _tr("Connection"),
        "certificate": _tr("Certificate"),
        "answer": _tr("Answer"),
        "network": _tr("Network"),
        "desk": _tr("IT desk"),
        "sign-in": _tr("Sign-in"),
        "can do": _tr("What the desk can do"),
        "clock": _tr("Clock"),
        "mapping": _tr("Set-up of the desk"),
        "saved requests": _tr("Saved requests"),
        "notifications": _tr("Notifications"),
        "test notification": _tr("Test notification"),
        "tray": _tr("Icon beside the clock"),
        "start": _tr("Start at sign-in"),
    }
    return words.get(about, about)


def words_of(state: State) -> str:
    """Say a state in a word."""
    return {
        State.OK: _tr("All right"),
        State.WARN: _tr("Needs a look"),
        State.BAD: _tr("Does not work"),
    }[state]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Support", text)
