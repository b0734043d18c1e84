"""The custom fields' values at a step of the history; what is left over from earlier counts as empty."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.safetext import safe_line


class FieldValues:
    """Values by the fields' names. Agents seldom empty a field: `retire` does it for them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._now = dict(values)
        self._stale: set[str] = set()

    def put(self, name: str, value: str) -> None:
        """Take note of a change."""
        self._now[name] = value
        self._stale.discard(name)

    def retire(self, names: Collection[str], *, but: Collection[str] = ()) -> None:
        """Hold these to be empty until they are changed again, but for some."""
        self._stale |= set(names).difference(but)

    def raw(self, name: str) -> str:
        """Give the value as RT has it; empty where there is none."""
        return self._now.get(name, "") if name and name not in self._stale else ""

    def line(self, name: str) -> str:
        """Give the value as a line that is safe to show."""
        return safe_line(self.raw(name))

    def moment(self, name: str) -> datetime | None:
        """Give the value as a moment; None where it is none."""
        return wire.moment(self.raw(name))


def values_at_the_start(context: Context, steps: Sequence[wire.Transaction]) -> FieldValues:
    """Reconstruct the values a ticket was made with: RT notes no transaction for them.

    The first change of a field tells what was before it.
    """
    values = dict(context.values)
    seen: set[str] = set()
    for step in steps:
        name = context.field_name(step) if step.type == "CustomField" else ""
        if name and name not in seen:
            seen.add(name)
            values[name] = str(step.old_value or "")
    return FieldValues(values)
