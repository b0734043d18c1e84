"""What a person can do, from the strip, about a network that lets nobody through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl

from tracker.model.health import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.host.settings import DeskChoice
    from tracker.model.health import Health


def remedy_for(
    health: Health, desk: DeskChoice | None, show_settings: Callable[[], None]
) -> tuple[str, Callable[[], None]] | None:
    """Give the words and the deed for what stands in the way to the desk; None where time heals."""
    say = QCoreApplication.translate
    if health.remedy is Remedy.PROXY:
        return say("Shell", "Enter them"), show_settings
    if health.remedy is Remedy.BROWSER and desk is not None:
        from tracker.ui.page_context import open_outside

        return say("Shell", "Open the browser"), lambda: open_outside(sign_in_page(desk.url))
    return None


def sign_in_page(desk: str) -> QUrl:
    """Give the page that a network's gate answers in the browser: the desk's own host, and nobody else's.

    Without encryption, since a gate can only put its own page in place of one that is not encrypted.
    """
    page = QUrl()
    page.setScheme("http")
    page.setHost(QUrl(desk).host())
    page.setPath("/")
    return page
