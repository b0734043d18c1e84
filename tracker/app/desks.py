"""The kinds of desk that can be chosen at sign-in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tracker.ui.accounts.form import DeskOption, SecretKind


def desk_options() -> tuple[DeskOption, ...]:
    """List what this program can sign in to, by the names people know."""
    say = QCoreApplication.translate
    return (
        DeskOption("frontdesk", say("Desks", "Front desk (comes with Tracker)")),
        DeskOption("rt", say("Desks", "Request Tracker 5"), secrets=(SecretKind.PASSWORD, SecretKind.TOKEN)),
    )
