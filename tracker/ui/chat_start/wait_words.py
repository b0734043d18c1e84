"""How long somebody waits for an answer in a chat, in the same words wherever it is said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from tracker.model.chat import Wait
    from tracker.ui.wording import Wording

_MINUTE = timedelta(minutes=1)


def wait_words(wait: Wait | None, wording: Wording) -> str:
    """Say how long it may take: "about 2 min wait", "2 to 5 min wait"; "" where nobody knows."""
    if wait is None:
        return ""
    shortest, longest = (max(-(-length // _MINUTE), 0) for length in (wait.shortest, wait.longest))
    if longest < 1:
        return _tr("no wait")
    if shortest >= longest or shortest < 1:
        return _tr("about {minutes} min wait").format(minutes=wording.number(longest))
    return _tr("{shortest} to {longest} min wait").format(
        shortest=wording.number(shortest), longest=wording.number(longest)
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChatStart", text)
