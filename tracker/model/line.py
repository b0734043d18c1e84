"""A sentence that is not yet in anybody's language: a template and its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Value = str | int | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """English source text with `{names}`, and what goes into them.

    The interface translates `template` and puts times into the reader's zone; `plain` is the same in
    English for the command line and for tests. `since`, `by`, `actor` and `promise_id` tell what the
    line rests on.
    """

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    since: datetime | None = None
    by: datetime | None = None
    actor: str | None = None
    promise_id: str | None = None

    def fill(self, template: str, show: Callable[[Value], str]) -> str:
        """Put the values, each shown by `show`, into `template` (a translation of this line's)."""
        shown: Mapping[str, str] = {name: show(value) for name, value in self.values}
        return template.format_map(shown)

    def resting_on(
        self,
        *,
        since: datetime | None = None,
        by: datetime | None = None,
        actor: str | None = None,
        promise_id: str | None = None,
    ) -> "Line":
        """Give the same line with what it rests on."""
        return Line(self.template, self.values, since, by, actor or None, promise_id)


def line(template: str, **values: Value) -> Line:
    """Write a line: `line("With {team}", team="Network")`."""
    return Line(template, tuple(values.items()))
