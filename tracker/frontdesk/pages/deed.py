"""One thing an agent can do from a page: what is asked for, the rule it calls, the sentence said after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

import msgspec

from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.forms import Form
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import Body
from tracker.frontdesk.rules.move import Move

BodyT = TypeVar("BodyT", bound=Body)

Kind = Literal["line", "words", "lines", "moment", "choice", "agent", "team", "service", "hidden", "options"]
Value = str | datetime | list[str] | list[dict[str, str]]

OPTION_ROWS = 4


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `lines`: one thing each line. `options`: rows of a kind, a label and a text."""

    name: str
    label: str
    kind: Kind = "line"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is ready to be carried out: what was asked for, and the rule with it filled in."""

    body: Body
    rule: Callable[[Move], None]


Prepare = Callable[[Mapping[str, Value]], Command]
"""Makes a command of what was filled in; raises `msgspec.ValidationError`."""


def ruled(body: type[BodyT], rule: Callable[[Move, BodyT], None]) -> Prepare:
    """Prepare commands of this kind for this rule, within the limits that the API has for them."""

    def prepare(values: Mapping[str, Value]) -> Command:
        made = msgspec.convert(dict(values), body)

        def apply(move: Move) -> None:
            rule(move, made)

        return Command(made, apply)

    return prepare


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form does. `name` stands in its address, `title` on what opens it; `fixed` is not asked for.

    `button` is what the form's own button says, where that is something else.

    `done` is said when it was done; "{number}" in it is the ticket's.
    """

    name: str
    title: str
    prepare: Prepare
    done: str
    fields: tuple[Field, ...] = ()
    icon: str = "circle-dot"
    button: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)

    def read(self, form: Form, time: DeskTime) -> Command:
        """Make the command out of what was filled in; raises `Refused` with what is missing or wrong."""
        values: dict[str, Value] = dict(self.fixed)
        for asked in self.fields:
            value = _read(asked, form, time)
            if value:
                values[asked.name] = value
            elif asked.required:
                raise Refused("invalid", f"Please fill in “{asked.label}”.")
        try:
            return self.prepare(values)
        except msgspec.ValidationError as error:
            raise Refused("invalid", self._explain(str(error))) from error

    def _explain(self, error: str) -> str:
        """Name the field that a decoder's message is about, and say too long where it is."""
        for asked in self.fields:
            if f"$.{asked.name}`" in error or f"$.{asked.name}[" in error:
                wrong = "is too long" if "length <=" in error else "is not as it should be"
                return f"“{asked.label}” {wrong}."
        return "Something that was filled in is not as it should be."


def _read(asked: Field, form: Form, time: DeskTime) -> Value:
    typed = form.get(asked.name)
    if asked.kind == "moment" and typed:
        return time.read(typed, asked.label)
    if asked.kind == "lines":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if asked.kind == "options":
        return list(_options(form))
    return typed


def _options(form: Form) -> list[dict[str, str]]:
    rows = (
        {part: form.get(f"{part}{row}") for part in ("kind", "label", "text")}
        for row in range(1, OPTION_ROWS + 1)
    )
    return [{part: said for part, said in row.items() if said} for row in rows if row["label"]]
