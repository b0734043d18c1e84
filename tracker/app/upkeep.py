"""What IT's policy or the desk asks of the running program: how much it logs, and a newer version."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tracker.model.draft import NEW_REQUEST
from tracker.model.listing import Filter
from tracker.model.visit import VisitState

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import SignalInstance

    from tracker.app.parts import Parts
    from tracker.app.telling import Telling
    from tracker.model.change import Change
    from tracker.ui.ports import View

_MOST = 50
"""So many open requests are looked at for what a person is in the middle of."""


class Upkeep(QObject):
    """Made after the first paint; `policy_changed` tells that another policy counts."""

    def __init__(
        self, parts: Parts, telling: Telling, policy_changed: SignalInstance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._parts, self._telling = parts, telling
        self._advice = self._desks_minimum = ""
        self._said = ""
        self._has_followed = self._sets_level = False
        policy_changed.connect(self._follow)
        parts.bridge.changed.connect(self._changed)
        self._follow()

    def _follow(self) -> None:
        policy = self._parts.policy
        self._desks_minimum = self._parts.view.minimum_version()
        if not (policy.given or self._desks_minimum or self._has_followed):
            return
        self._has_followed = True
        from tracker.core.update_advice import update_advice
        from tracker.host.logs import set_level
        from tracker.host.policy import keys

        if policy.sets(keys.LOG_LEVEL) or self._sets_level:
            self._sets_level = True
            set_level(logging.getLevelNamesMapping()[policy.value(keys.LOG_LEVEL).upper()])
        self._advice = update_advice(policy, self._desks_minimum)
        self._say()

    def _changed(self, _change: Change) -> None:
        if self._parts.view.minimum_version() != self._desks_minimum:
            self._follow()
        elif self._advice:
            self._say()

    def _say(self) -> None:
        """Say it where it disturbs nobody; said once, it is not said again after the person has closed it."""
        wanted = (
            "" if self._advice and is_in_the_middle(self._parts.view, self._parts.clock()) else self._advice
        )
        if wanted != self._said:
            self._said = wanted
            self._telling.advise(wanted)


def is_in_the_middle(view: View, now: datetime) -> bool:
    """Tell whether the person writes something, chats, or has a technician on the way or there."""
    if any(chat.is_active for chat in view.talks.chats()):
        return True
    tickets = view.tickets(Filter.OPEN, "")[:_MOST]
    drafts = (view.draft(key) for key in (NEW_REQUEST, *tickets))
    if any(draft is not None and not draft.is_empty for draft in drafts):
        return True
    busy = (VisitState.ON_THE_WAY, VisitState.ON_SITE)
    tracks = view.tracks(tickets, now)
    return any(track.visit is not None and track.visit.state in busy for track in tracks)
