"""What is noted with a message in the field for client ids: the command's id and, of a wish, what it was."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.desks.rt import wire
from tracker.model.command import Command
from tracker.model.wish import Wish, WishKind

_LONGEST = 100
_KINDS = frozenset(kind.value for kind in WishKind)


@dataclass(frozen=True, slots=True)
class Note:
    """`command`: the id; `wish`: what kind of wish it was, None for other commands."""

    command: str
    wish: WishKind | None = None


BY_COMMENT = frozenset({WishKind.THANKS, WishKind.STILL_FINE})
"""What is said where a reply would open an ended request again: as a comment, else it is kept here."""


def note_of(command: Command) -> str:
    """Write the note of a command: "1f0c… call"; people read it too."""
    return f"{command.id} {command.kind.value}" if isinstance(command, Wish) else command.id


def read_note(value: object) -> Note | None:
    """Read a note; None where there is none. A kind that is not known here is left out."""
    text = str(value or "").strip()
    if not text or len(text) > _LONGEST:
        return None
    command, _, kind = text.partition(" ")
    return Note(command, WishKind(kind) if kind in _KINDS else None)


class Notes:
    """Which note was left with which step of a ticket's history. `name`: the field's name."""

    def __init__(self, ticket: wire.Ticket, steps: Sequence[wire.Transaction], name: str) -> None:
        fields = [] if isinstance(ticket.custom_fields, str) else ticket.custom_fields
        numbers = {wire.number(each.id) for each in fields if name and each.name == name}
        self._present = wire.listed(ticket.custom_fields).get(name) if name else None
        self._steps = steps
        self._is_note = [step.type == "CustomField" and wire.number(step.field) in numbers for step in steps]

    def first(self) -> str | None:
        """Give the id the ticket was made with: the one before the first change, or the present one."""
        if True in self._is_note:
            note = read_note(self._steps[self._is_note.index(True)].old_value)
        else:
            note = read_note(self._present)
        return note.command if note else None

    def of(self, at: int) -> str | None:
        """Give the id noted after the step at `at` and before the same person's next deed."""
        for later in range(at + 1, len(self._steps)):
            step = self._steps[later]
            if wire.login_of(step.creator) != wire.login_of(self._steps[at].creator):
                continue
            if self._is_note[later]:
                note = read_note(step.new_value)
                return note.command if note else None
            if step.type in ("Correspond", "Status"):
                return None
        return None

    def alone(self, command: str) -> wire.Transaction | None:
        """Give the step that noted exactly this, where the note itself is all that can be seen of a deed."""
        return next(
            (
                step
                for step, is_note in zip(self._steps, self._is_note, strict=True)
                if is_note and str(step.new_value or "") == command
            ),
            None,
        )
