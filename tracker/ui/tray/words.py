"""What the tray icon says: its mark, its tooltip and the requests in its menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.health import Condition, Health
from tracker.model.listing import Counts
from tracker.ui.plain_text import one_line
from tracker.ui.theme.art import TrayMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.line import Line
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.ui.wording import Wording

MAX_REQUESTS = 5
MAX_SUBJECT = 42
MAX_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class TrayRequest:
    """One open request in the menu."""

    ticket: TicketId
    subject: str
    chip: Line


@dataclass(frozen=True, slots=True)
class TrayState:
    """All the tray shows: how the connection is, what is unread or waits, and up to five open requests.

    `messages` are unread ones of chats. Each of them is a notice as well, unless the person wants none.
    """

    health: Health = Health()  # noqa: RUF009 - frozen
    counts: Counts = Counts()  # noqa: RUF009
    requests: tuple[TrayRequest, ...] = ()
    messages: int = 0

    @property
    def unread(self) -> int:
        """How much is new, nothing counted twice."""
        return max(self.counts.unread, self.messages)


def tray_state(health: Health, counts: Counts, tracks: Iterable[Track], *, messages: int = 0) -> TrayState:
    """Put together what the tray shows; `tracks` are the open requests in the order of the list."""
    requests = [TrayRequest(track.ticket.id, track.ticket.subject, track.chip) for track in tracks]
    return TrayState(health, counts, tuple(requests[:MAX_REQUESTS]), messages)


def mark_of(state: TrayState) -> TrayMark:
    """Choose the one mark: what keeps us from knowing comes before what we know."""
    marks = {
        Condition.BROKEN: TrayMark.NEEDS_YOU,
        Condition.SIGN_IN_NEEDED: TrayMark.SIGN_IN,
        Condition.OFFLINE: TrayMark.OFFLINE,
    }
    if state.health.condition in marks:
        return marks[state.health.condition]
    if state.counts.waiting_for_me:
        return TrayMark.NEEDS_YOU
    return TrayMark.NEWS if state.unread else TrayMark.QUIET


def tooltip(state: TrayState, wording: Wording, *, program: str) -> str:
    """Say the state in a line: "Tracker: 2 updates · as of 14:05"."""
    said = [_condition(state.health), *_counted(state)]
    news = ", ".join(words for words in said if words) or _tr("nothing new")
    line = _tr("{program}: {news}").format(program=program, news=news)
    if state.health.as_of is None:
        return line
    as_of = _tr("as of {time}").format(time=wording.when(state.health.as_of))
    return f"{line} · {as_of}"


def menu_words(request: TrayRequest, wording: Wording) -> str:
    """Say a request in the menu: subject and chip; an ampersand in it is no shortcut."""
    subject = one_line(request.subject, MAX_SUBJECT)
    return f"{subject} — {wording.text(request.chip)}".replace("&", "&&")


def _condition(health: Health) -> str:
    if health.condition is Condition.OFFLINE:
        return _tr("offline")
    if health.condition is Condition.SIGN_IN_NEEDED:
        return _tr("please sign in again")
    if health.condition is Condition.BROKEN:
        return one_line(health.sentence, MAX_SENTENCE).rstrip(".") or _tr("something went wrong")
    return ""


def _counted(state: TrayState) -> list[str]:
    said = []
    counts, messages = state.counts, state.messages
    updates = state.unread - messages
    if counts.waiting_for_me:
        one, many = _tr("1 request waits for you"), _tr("%n requests wait for you", counts.waiting_for_me)
        said.append(one if counts.waiting_for_me == 1 else many)
    if messages:
        said.append(_tr("1 new chat message") if messages == 1 else _tr("%n new chat messages", messages))
    if updates:
        said.append(_tr("1 update") if updates == 1 else _tr("%n updates", updates))
    return said


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Tray", text, None, count)
