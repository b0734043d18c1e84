"""The chain of a ticket's promised dates: what was promised first, what replaced it, what was taken back."""

from dataclasses import replace
from datetime import datetime

from tracker.model.event import EventKind
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.window import Window


class Promises:
    """Every promise of one ticket, oldest first; at most one of each kind is open."""

    def __init__(self, ticket: str) -> None:
        self._ticket = ticket
        self._made: dict[str, Promise] = {}

    def all(self) -> tuple[Promise, ...]:
        """Give them all."""
        return tuple(self._made.values())

    def open(self, kind: PromiseKind) -> Promise | None:
        """Give the promise of a kind that holds now."""
        held = (each for each in self._made.values() if each.kind is kind and each.state is PromiseState.OPEN)
        return next(held, None)

    def make(
        self,
        kind: PromiseKind,
        latest: datetime,
        *,
        step: str,
        at: datetime,
        by: str,
        reason: str | None = None,
    ) -> Promise:
        """Add the promise made in a step; it takes the place of the one that holds now."""
        before = self.open(kind)
        made = Promise(
            id=f"{self._ticket}-{kind.value}-{step}",
            kind=kind,
            latest=latest,
            made_at=at,
            made_by=by,
            reason=reason,
            supersedes=before.id if before else None,
        )
        return self._put(made, before, at)

    def appoint(self, kind: PromiseKind, window: Window, *, step: str, at: datetime, by: str) -> Promise:
        """Add the promise that lies in an appointment, as `make` does."""
        made = self.make(kind, window.ends, step=step, at=at, by=by)
        made = replace(made, earliest=window.starts, source=PromiseSource.APPOINTMENT)
        self._made[made.id] = made
        return made

    def _put(self, made: Promise, before: Promise | None, at: datetime) -> Promise:
        if before is not None:
            # Whether it was moved in time or missed is for the model to judge; it is no longer open.
            self._made[before.id] = replace(before, state=_ended(before, at))
        self._made[made.id] = made
        return made

    def withdraw(
        self, kind: PromiseKind, state: PromiseState = PromiseState.WITHDRAWN, *, reason: str | None = None
    ) -> Promise | None:
        """Take back the promise that holds now, or end it otherwise; gives it, None where there was none."""
        before = self.open(kind)
        if before is None:
            return None
        ended = self._made[before.id] = replace(before, state=state, reason=reason or before.reason)
        return ended


def kind_of_change(before: Promise | None, latest: datetime | None) -> EventKind:
    """Name what happened to a promise."""
    if latest is None:
        return EventKind.PROMISE_WITHDRAWN
    return EventKind.PROMISE_MADE if before is None else EventKind.PROMISE_MOVED


def _ended(before: Promise, at: datetime) -> PromiseState:
    return PromiseState.MOVED if at <= before.latest else PromiseState.MISSED
