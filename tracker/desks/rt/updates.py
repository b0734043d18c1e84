"""One update of RT's web page makes a transaction for each field: here they are one again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.desks.rt import wire
from tracker.desks.rt.context import SYSTEM_LOGINS, Context

_GAP = timedelta(seconds=2)
_SPAN = timedelta(seconds=15)


@dataclass(slots=True)
class Update:
    """What one person changed at once, and what RT did by itself on that. `changed`: the steps by the custom
    field they changed. `continued`: its beginning was told before.
    """

    steps: list[wire.Transaction] = field(default_factory=list)
    changed: dict[str, wire.Transaction] = field(default_factory=dict)
    continued: bool = False
    person: str = ""
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def first(self, names: frozenset[str]) -> wire.Transaction | None:
        """Give the first step that changed one of these fields."""
        found = [step for name, step in self.changed.items() if name in names]
        return min(found, key=lambda step: wire.number(step.id), default=None)

    def cause(self, *names: str) -> wire.Transaction | None:
        """Give the step that changed the first of these fields; what it tells is named after that.

        Which steps count as one update depends on how far was read the last time, so the first step of an
        update is no name: what is told twice must have one name all the same.
        """
        return next((self.changed[name] for name in names if name in self.changed), None)

    @property
    def status(self) -> wire.Transaction | None:
        """The last change of the status."""
        return next((step for step in reversed(self.steps) if step.type == "Status"), None)

    @property
    def has_message(self) -> bool:
        """True where the person wrote something visible with it."""
        return any(step.type == "Correspond" for step in self.steps)

    def takes(self, step: wire.Transaction) -> bool:
        """Say whether a step belongs to this update: the same person at once, and no field twice."""
        if not self.steps or not _at_once(self.steps, step):
            return False
        login = wire.login_of(step.creator)
        if login in SYSTEM_LOGINS:
            return True
        return login == self.person and _what(step) not in self._seen

    def add(self, step: wire.Transaction, name: str) -> None:
        """Take a step in; `name`: the custom field it changed, if any."""
        self.steps.append(step)
        login = wire.login_of(step.creator)
        if login not in SYSTEM_LOGINS or not self.person:
            self.person = login
            self._seen.add(_what(step))
        if name:
            self.changed[name] = step


def updates(context: Context, steps: Sequence[wire.Transaction], *, told: int) -> list[Update]:
    """Gather steps, in their order, into updates; none reaches over `told`, the last step told before."""
    found: list[Update] = []
    for step in steps:
        name = context.field_name(step) if step.type == "CustomField" else ""
        last = found[-1] if found else Update()
        if last.takes(step):
            if wire.number(last.steps[-1].id) > told or wire.number(step.id) <= told:
                last.add(step, name)
                continue
            found.append(Update(continued=True))
        else:
            found.append(Update())
        found[-1].add(step, name)
    return found


def _what(step: wire.Transaction) -> tuple[str, str]:
    return step.type, step.field or ""


def _at_once(steps: Sequence[wire.Transaction], step: wire.Transaction) -> bool:
    if step.type == "Create" or steps[0].type == "Create":
        return False
    now, began, last = _when(step), _when(steps[0]), _when(steps[-1])
    if now is None or began is None or last is None:
        return False
    return abs(now - last) <= _GAP and abs(now - began) <= _SPAN


def _when(step: wire.Transaction) -> datetime | None:
    return wire.moment(step.created)
