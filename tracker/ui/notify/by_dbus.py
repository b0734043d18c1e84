"""Toasts by the desktop's own notification daemon, over D-Bus: replaced in place, with buttons and clicks."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from jeepney import MatchRule
from PySide6.QtCore import QObject

from tracker.ui.bus.bus_calls import TIMED_OUT, Answer, BusError
from tracker.ui.notify.daemon import ADDRESS, NAME, Condition, Daemon
from tracker.ui.notify.dbus_message import DEFAULT_ACTION, REPLY_ACTION, close_call, notify_call
from tracker.ui.notify.posted import Posted, Posts
from tracker.ui.notify.ways import REPLY_ID, Capabilities, Closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.bus.session_bus import Heard, SessionBus
    from tracker.ui.notify.ways import Reports, Sender, Toast

_log = logging.getLogger(__name__)

NOTIFY_LIMIT = 2_000

# https://specifications.freedesktop.org/notification-spec/latest/protocol.html#signal-notification-closed
_REASONS = {1: Closed.EXPIRED, 2: Closed.DISMISSED, 3: Closed.WITHDRAWN}


def hand_on_token(token: str) -> None:
    """Give the desktop's permission to come to the front to Qt, which takes it from the environment.

    https://wayland.app/protocols/xdg-activation-v1
    """
    os.environ["XDG_ACTIVATION_TOKEN"] = token


class ByDbus(QObject):
    """Shows by org.freedesktop.Notifications.

    After a restart of the daemon what is live is shown once more. A daemon that does not answer is left
    alone until it does; what it shows late is taken away again, since another way has shown it by then.
    """

    name = "dbus"

    def __init__(
        self,
        bus: SessionBus,
        sender: Sender,
        *,
        hand_on: Callable[[str], None] = hand_on_token,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._sender = sender
        self._hand_on = hand_on
        self._daemon = Daemon(bus, self)
        self._reports: Reports | None = None
        self._waiting: dict[str, Toast] = {}
        self._posts = Posts()

    @property
    def capabilities(self) -> Capabilities:
        """What the present daemon says it can do."""
        words = self._daemon.server.capabilities
        actions = "actions" in words
        return Capabilities(
            replace=True, buttons=actions, click=actions, reply="inline-reply" in words, withdraw=True
        )

    @property
    def available(self) -> bool:
        """True while there is a daemon that answers, or may be one."""
        return self._daemon.condition not in (Condition.ABSENT, Condition.SILENT)

    @property
    def daemon_is_missing(self) -> bool:
        """True when it is known that nobody on this bus shows notifications, whoever asks."""
        return self._bus.is_open and not self.available

    def start(self, reports: Reports) -> None:
        """Begin to look for bus and daemon."""
        self._reports = reports
        self._bus.listen(MatchRule(type="signal", interface=NAME, path=ADDRESS.object_path), self._heard)
        self._daemon.changed.connect(self._follow_daemon)
        self._daemon.start()

    def show(self, toast: Toast) -> None:
        """Show it at once, or as soon as the daemon is known; fails when there is none."""
        condition = self._daemon.condition
        if condition is Condition.READY:
            self._post(toast)
            return
        if condition in (Condition.ASKING, Condition.STARTABLE):
            self._waiting[toast.key] = toast
        self._daemon.wake()
        if toast.key not in self._waiting:
            self._fail(toast.key, f"the notification daemon is {condition.value}")

    def withdraw(self, key: str) -> None:
        """Close it; one that is on its way is closed when it has arrived."""
        self._waiting.pop(key, None)
        post = self._posts.get(key)
        if post is None:
            return
        if post.in_flight:
            post.dropped, post.following = True, None
        else:
            self._posts.drop(post)
            self._close(post)

    def stop(self) -> None:
        """Take away what is still on the screen: its buttons would do nothing any more."""
        self._reports = None
        self._waiting.clear()
        for post in self._posts.all():
            self._posts.drop(post)
            self._close(post)

    def _follow_daemon(self) -> None:
        if self._daemon.condition is Condition.READY:
            self._post_again()
            waiting, self._waiting = self._waiting, {}
            for toast in waiting.values():
                self._post(toast)
        elif self._daemon.condition is Condition.STARTABLE and self._waiting:
            # They came while it was not yet known that a daemon has to be started for them.
            self._daemon.wake()
        elif not self.available:
            waiting, self._waiting = self._waiting, {}
            for key in waiting:
                self._fail(key, f"the notification daemon is {self._daemon.condition.value}")

    def _post_again(self) -> None:
        for post in self._posts.begin_with(self._daemon.owner):
            self._posts.drop(post)
            if not post.posted_again and post.toast.key not in self._waiting:
                again = Posted(post.toast, self._daemon.owner, posted_again=True)
                self._send(again, silent=True)

    def _post(self, toast: Toast) -> None:
        post = self._posts.get(toast.key)
        if post is not None and post.in_flight:
            post.following, post.dropped = toast, False
            return
        known = post.number if post is not None and post.owner == self._daemon.owner else 0
        self._send(Posted(toast, self._daemon.owner, known))

    def _send(self, post: Posted, *, silent: bool = False) -> None:
        self._posts.put(post)
        server = self._daemon.server
        call = notify_call(post.toast, self._sender, server, replaces=post.number, silent=silent)
        self._bus.call(
            call,
            lambda answer: self._answered(post, answer),
            limit=NOTIFY_LIMIT,
            late=self._came_late,
        )

    def _answered(self, post: Posted, answer: Answer) -> None:
        number = _number(answer)
        if number is None:
            self._refused(post, answer)
            return
        self._posts.number(post, number)
        if post.dropped:
            self._posts.drop(post)
            self._close(post)
        elif post.following is not None:
            self._post(post.following)
        elif self._reports is not None:
            self._reports.shown(post.toast.key)

    def _refused(self, post: Posted, answer: Answer) -> None:
        self._posts.drop(post)
        why = f"{answer.name} {answer.text}" if isinstance(answer, BusError) else "no number came back"
        if isinstance(answer, BusError) and answer.name == TIMED_OUT:
            self._daemon.fall_silent()
        if not post.dropped:
            self._fail(post.toast.key, why)

    def _came_late(self, answer: Answer) -> None:
        number = _number(answer)
        if number is not None:
            self._bus.call(close_call(number), _ignore)
            self._daemon.speak_again()

    def _close(self, post: Posted) -> None:
        if post.number and post.owner == self._daemon.owner:
            self._bus.call(close_call(post.number), _ignore)

    def _fail(self, key: str, why: str) -> None:
        _log.info("No toast by D-Bus: %s", why)
        post = self._posts.get(key)
        if post is not None and not post.in_flight:
            self._posts.drop(post)
        if self._reports is not None:
            self._reports.failed(key, why)

    def _heard(self, heard: Heard) -> None:
        """Take a signal of the daemon's; what others send under its name is none of it."""
        if heard.sender != self._daemon.owner or len(heard.body) != 2:
            return
        number, word = heard.body
        key = self._posts.key_of(number) if isinstance(number, int) else None
        if key is None or self._reports is None:
            return
        if heard.member == "NotificationClosed" and isinstance(word, int):
            self._closed(key, number, word)
        elif isinstance(word, str):
            self._told(self._reports, key, heard.member, word)

    def _told(self, reports: Reports, key: str, member: str, word: str) -> None:
        if member == "ActivationToken":
            self._hand_on(word)
        elif member == "NotificationReplied":
            reports.replied(key, word)
        elif member == "ActionInvoked" and word == DEFAULT_ACTION:
            reports.clicked(key)
        elif member == "ActionInvoked":
            # A daemon that draws the field as a button all the same.
            reports.pressed(key, REPLY_ID if word == REPLY_ACTION else word)

    def _closed(self, key: str, number: object, reason: int) -> None:
        post = self._posts.get(key)
        if post is None or post.number != number or post.in_flight or self._reports is None:
            return
        self._posts.drop(post)
        self._reports.closed(key, _REASONS.get(reason, Closed.UNKNOWN))


def _number(answer: Answer) -> int | None:
    if isinstance(answer, tuple) and answer and isinstance(answer[0], int):
        return answer[0]
    return None


def _ignore(_answer: Answer) -> None:
    """Closing what is closed already is an error of no consequence."""
