"""The mark of each row: its icon, and whether it is filled, outlined, dashed or only a dot."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tracker.model.command import Delivery
from tracker.model.event import EventKind
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Tone
from tracker.ui.timeline.rows import Row, RowKind
from tracker.ui.widgets.painting import paint_round_icon

_NODE, _ICON = 28, 15

_ICONS = {
    EventKind.CREATED: "circle-plus",
    EventKind.RECEIVED: "inbox",
    EventKind.CATEGORISED: "list",
    EventKind.PRIORITY: "triangle-alert",
    EventKind.ASSIGNED: "user-check",
    EventKind.HANDED_OVER: "users",
    EventKind.WORK_STARTED: "wrench",
    EventKind.REPLY: "message-square",
    EventKind.AUTO_REPLY: "message-square",
    EventKind.QUESTION: "circle-question-mark",
    EventKind.ANSWER: "reply",
    EventKind.ATTACHMENT: "paperclip",
    EventKind.APPROVAL_ASKED: "circle-question-mark",
    EventKind.APPROVAL_GIVEN: "circle-check",
    EventKind.APPROVAL_REFUSED: "circle-x",
    EventKind.ON_HOLD: "pause",
    EventKind.RESUMED: "play",
    EventKind.PROMISE_MADE: "clock",
    EventKind.PROMISE_MOVED: "history",
    EventKind.PROMISE_KEPT: "circle-check",
    EventKind.PROMISE_MISSED: "circle-x",
    EventKind.PROMISE_WITHDRAWN: "circle-x",
    EventKind.VISIT_BOOKED: "calendar-check",
    EventKind.VISIT_MOVED: "calendar-clock",
    EventKind.VISIT_CANCELLED: "circle-x",
    EventKind.VISIT_ON_THE_WAY: "truck",
    EventKind.VISIT_ETA: "truck",
    EventKind.VISIT_ARRIVED: "map-pin",
    EventKind.VISIT_DONE: "circle-check",
    EventKind.VISIT_FAILED: "circle-x",
    EventKind.CALLBACK_ASKED: "phone",
    EventKind.CALLBACK_BOOKED: "phone",
    EventKind.CALLBACK_TRIED: "phone",
    EventKind.CALLBACK_DONE: "phone",
    EventKind.CALLBACK_MISSED: "phone",
    EventKind.LINKED: "link",
    EventKind.MERGED: "merge",
    EventKind.OUTAGE_LINKED: "triangle-alert",
    EventKind.SOLVED: "circle-check",
    EventKind.CONFIRMED: "thumbs-up",
    EventKind.NOT_FIXED: "rotate-ccw",
    EventKind.REOPENED: "rotate-ccw",
    EventKind.CLOSED: "lock",
    EventKind.RATED: "star",
    EventKind.HEARTBEAT: "clock",
    EventKind.NEWS_ASKED: "circle-question-mark",
    EventKind.CAN_WAIT: "hourglass",
    EventKind.CALLBACK_CANCELLED: "phone",
    EventKind.VISIT_CONFIRMED: "calendar-check",
    EventKind.VISIT_MOVE_ASKED: "calendar-clock",
    EventKind.VISIT_NOT_THERE: "calendar",
    EventKind.VISIT_PLACE: "map-pin",
    EventKind.THANKED: "thumbs-up",
    EventKind.CHECKED_IN: "circle-check",
    EventKind.OPTIONS_OFFERED: "list",
    EventKind.OPTION_CHOSEN: "check",
    EventKind.CHAT_STARTED: "messages-square",
    EventKind.CHAT_QUEUED: "messages-square",
    EventKind.CHAT_JOINED: "messages-square",
    EventKind.CHAT_LEFT: "messages-square",
    EventKind.CHAT_HANDED_OVER: "users",
    EventKind.CHAT_ENDED: "messages-square",
}
_BAD = frozenset({EventKind.PROMISE_MISSED, EventKind.VISIT_FAILED, EventKind.CALLBACK_MISSED})
_GOOD = frozenset({EventKind.SOLVED, EventKind.CONFIRMED})


class MarkStyle(Enum):
    """How much a mark stands out."""

    DASHED = auto()
    RING = auto()
    FILLED = auto()
    OUTLINED = auto()
    DOT = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: how it is drawn, its icon and its tone."""

    style: MarkStyle
    icon: str = ""
    tone: Tone = Tone.ACCENT


def mark_of(row: Row) -> Mark:
    """Return the mark of a row."""
    if row.kind is RowKind.NEXT:
        return Mark(MarkStyle.DASHED, row.icon)
    if row.kind is RowKind.NOW:
        return Mark(MarkStyle.RING, row.icon)
    entry = row.entry
    if entry is None or row.kind is RowKind.GAP:
        return Mark(MarkStyle.DOT)
    if row.kind is RowKind.PENDING:
        refused = entry.delivery is Delivery.REJECTED
        return Mark(
            MarkStyle.DASHED, "circle-alert" if refused else "send", Tone.LATE if refused else Tone.ACCENT
        )
    kind = entry.event or EventKind.OTHER
    tone = Tone.LATE if kind in _BAD else Tone.OK if kind in _GOOD else Tone.ACCENT
    return Mark(MarkStyle.FILLED if entry.big else MarkStyle.OUTLINED, _ICONS.get(kind, "info"), tone)


def mark_size(theme: Theme) -> int:
    """Return how wide a mark is: it grows with the text beside it."""
    return round(_NODE * max(theme.type.scale, 1.0))


def paint_mark(painter: QPainter, centre: QPointF, theme: Theme, mark: Mark) -> None:
    """Paint a mark with its middle at `centre`."""
    radius = mark_size(theme) / 2
    icon = round(_ICON * max(theme.type.scale, 1.0))
    strong = theme.colour(mark.tone.value)
    if mark.style is MarkStyle.DOT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("faint"))
        painter.drawEllipse(centre, 4, 4)
        return
    if mark.style is MarkStyle.FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strong)
        painter.drawEllipse(centre, radius, radius)
        paint_round_icon(painter, centre, theme, icon=mark.icon, size=icon, ink="on_accent")
        return
    if mark.style is MarkStyle.OUTLINED:
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        paint_round_icon(painter, centre, theme, icon=mark.icon, size=icon, ink="muted")
        return
    pen = QPen(strong, 2)
    if mark.style is MarkStyle.DASHED:
        pen.setDashPattern([2.2, 2.0])
    painter.setPen(pen)
    painter.setBrush(
        QColor(theme.tokens.tone(mark.tone).soft if mark.style is MarkStyle.RING else theme.tokens.bg)
    )
    painter.drawEllipse(centre, radius - 1, radius - 1)
    paint_round_icon(painter, centre, theme, icon=mark.icon, size=icon, ink=mark.tone.value)
