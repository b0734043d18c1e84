"""Shows each notice by the first way that works, keeps one live toast per request, and reports back."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.host.settings import Privacy
from tracker.model.notice import Button, Show
from tracker.ui.notify.toast_of import key_of, toast_of
from tracker.ui.notify.ways import OPEN_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.model.notice import Notice
    from tracker.model.ticket import TicketId
    from tracker.ui.notify.ways import Closed, Toast, Way
    from tracker.ui.wording import Wording

_log = logging.getLogger(__name__)

REMEMBERED = 200


@dataclass(slots=True)
class _Live:
    """A toast that is on the screen or on its way there; `tried` ways have been gone through."""

    notice: Notice
    toast: Toast
    way: Way | None = None
    tried: int = 0


class Notifier(QObject):
    """What the policy decided, on the screen. `ways` best first; the last always works.

    `shown` carries the notice and the name of the way, `clicked` the notice, `pressed` the notice and the
    Button, `replied` the notice and what was written on the toast, `closed` the notice and why. A closed
    toast was not opened.
    """

    shown = Signal(object, str)
    clicked = Signal(object)
    pressed = Signal(object, object)
    replied = Signal(object, str)
    closed = Signal(object, object)

    def __init__(
        self,
        ways: Sequence[Way],
        wording: Wording,
        *,
        program: str = "Tracker",
        privacy: Privacy = Privacy.FULL,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ways = tuple(ways)
        self._wording = wording
        self._program = program
        self._privacy = privacy
        self._live: dict[str, _Live] = {}
        self._known: dict[str, Notice] = {}

    def start(self) -> None:
        """Let every way look whether it works."""
        for way in self._ways:
            way.start(_From(self, way))

    def stop(self) -> None:
        """Take every toast away: nobody would hear its buttons."""
        self._live.clear()
        for way in self._ways:
            way.stop()

    @property
    def way(self) -> str:
        """The name of the way that the next toast would take first."""
        return next((way.name for way in self._ways if way.available), "")

    @property
    def live(self) -> tuple[Notice, ...]:
        """What is on the screen, oldest first, as far as the ways tell."""
        return tuple(live.notice for live in self._live.values())

    def set_privacy(self, privacy: Privacy) -> None:
        """Take the person's choice for every toast from now on."""
        self._privacy = privacy

    def set_wording(self, wording: Wording) -> None:
        """Speak another language from now on."""
        self._wording = wording

    def show(self, notices: Iterable[Notice]) -> None:
        """Show those meant to be toasts; the others are in the list alone."""
        for notice in notices:
            if notice.show is not Show.LIST and not notice.read:
                self._show(notice)

    def withdraw(self, ticket: TicketId) -> None:
        """The request was read: its toast goes."""
        for key, live in list(self._live.items()):
            if live.notice.ticket == ticket:
                self._take_away(key)

    def withdraw_all(self) -> None:
        """The whole list was read: every toast goes."""
        for key in list(self._live):
            self._take_away(key)

    def _show(self, notice: Notice) -> None:
        toast = toast_of(notice, self._wording, self._privacy, program=self._program)
        before = self._live.pop(toast.key, None)
        self._remember(notice)
        if before is not None and before.way is not None:
            self._make_room(before.way, toast)
        self._live[toast.key] = live = _Live(notice, toast)
        self._try(live)

    def _make_room(self, before: Way, toast: Toast) -> None:
        """Take the toast before away, unless the way that comes now replaces it itself."""
        coming = next((way for way in self._ways if _fits(way, toast)), None)
        if coming is not before or not before.capabilities.replace:
            before.withdraw(toast.key)
        if self._ways[-1] not in (before, coming):
            self._ways[-1].withdraw(toast.key)

    def _try(self, live: _Live) -> None:
        while live.tried < len(self._ways):
            way = self._ways[live.tried]
            live.tried += 1
            if _fits(way, live.toast):
                live.way = way
                way.show(live.toast)
                return
        _log.warning("A notice could not be shown in any way; it is in the list.")

    def _remember(self, notice: Notice) -> None:
        key = key_of(notice)
        self._known.pop(key, None)
        self._known[key] = notice
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

    def _take_away(self, key: str) -> None:
        live = self._live.pop(key, None)
        if live is not None and live.way is not None:
            live.way.withdraw(key)
            if live.way is not self._ways[-1]:
                self._ways[-1].withdraw(key)

    def shown_by(self, way: Way, key: str) -> None:
        """Take the report of a way that it has shown a toast."""
        live = self._live.get(key)
        if live is None or live.way is not way:
            return
        _log.debug("A notice was shown by %s.", way.name)
        self.shown.emit(live.notice, way.name)
        if not way.capabilities.certain:
            # It may have come to nothing: the window shows it, too.
            self._ways[-1].show(live.toast)

    def pressed_on(self, key: str, button: str) -> None:
        """Take the report that a button was pressed, or the toast itself (OPEN_ID)."""
        notice = self._known.get(key)
        if notice is None:
            return
        self._take_away(key)
        if button == OPEN_ID:
            self.clicked.emit(notice)
        elif button in notice.buttons:
            self.pressed.emit(notice, Button(button))

    def replied_on(self, key: str, text: str) -> None:
        """Take the report that an answer was written on the toast; without words its button was pressed."""
        notice = self._known.get(key)
        if notice is None or Button.REPLY not in notice.buttons:
            return
        if not text.strip():
            self.pressed_on(key, Button.REPLY)
            return
        self._take_away(key)
        self.replied.emit(notice, text)

    def closed_by(self, way: Way, key: str, reason: Closed) -> None:
        """Take the report of a way that a toast is gone."""
        live = self._live.get(key)
        if live is not None and way in (live.way, self._ways[-1]):
            self._take_away(key)
            self.closed.emit(live.notice, reason)

    def failed_by(self, way: Way, key: str) -> None:
        """Take the report of a way that it could not show a toast: the next one tries."""
        live = self._live.get(key)
        if live is not None and live.way is way:
            self._try(live)


def _fits(way: Way, toast: Toast) -> bool:
    """Tell whether to try this way; where nothing is replaced, a second balloon for a request is noise."""
    return way.available and (way.capabilities.replace or not toast.silent)


class _From:
    """Takes one way's reports to the notifier; those of a way that is not in charge any more are dropped."""

    def __init__(self, notifier: Notifier, way: Way) -> None:
        self._notifier = notifier
        self._way = way

    def shown(self, key: str) -> None:
        """The toast is on the screen."""
        self._notifier.shown_by(self._way, key)

    def clicked(self, key: str) -> None:
        """The person wants to see it."""
        self._notifier.pressed_on(key, OPEN_ID)

    def pressed(self, key: str, button: str) -> None:
        """A button was pressed."""
        self._notifier.pressed_on(key, button)

    def replied(self, key: str, text: str) -> None:
        """An answer was written on it."""
        self._notifier.replied_on(key, text)

    def closed(self, key: str, reason: Closed) -> None:
        """It is gone."""
        self._notifier.closed_by(self._way, key, reason)

    def failed(self, key: str, why: str) -> None:
        """It could not be shown."""
        self._notifier.failed_by(self._way, key)
