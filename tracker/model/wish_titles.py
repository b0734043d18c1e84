"""What a person asked for here and the desk does not show yet, in the words its history will have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.line import Line, line
from tracker.model.visit_titles import free_times
from tracker.model.wish import Wish, WishKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.option import Option

_WISHED = {
    WishKind.NEWS: line("You asked for news"),
    WishKind.CAN_WAIT: line("You said that it can wait"),
    WishKind.CALL: line("You asked for a call"),
    WishKind.CALL_OFF: line("You called the call off"),
    WishKind.VISIT_OK: line("You confirmed the visit"),
    WishKind.VISIT_MOVE: line("You asked for another time for the visit"),
    WishKind.VISIT_NOT_THERE: line("You said that you will not be there for the visit"),
    WishKind.VISIT_PLACE: line("You said where to find you"),
    WishKind.THANKS: line("You said thanks"),
    WishKind.RATE: line("You rated it"),
    WishKind.STILL_FINE: line("You said that it still works"),
    WishKind.CAME_BACK: line("You said that it came back"),
    WishKind.OPTION: line("You chose how it goes on"),
}


def wish_title(wish: Wish, options: Sequence[Option] = ()) -> Line:
    """Say what was asked for; `options` are the ways out that the desk has offered."""
    if wish.kind is WishKind.RATE and wish.score is not None:
        return line("You rated it {score} of 5", score=wish.score)
    if wish.kind is WishKind.VISIT_MOVE and wish.slot:
        return line("You chose another time for the visit")
    if wish.kind is WishKind.OPTION:
        chosen = next((option for option in options if option.id == wish.about and option.label), None)
        return _WISHED[wish.kind] if chosen is None else line("You chose: {label}", label=chosen.label)
    return _WISHED[wish.kind]


def wish_note(wish: Wish) -> Line | None:
    """Say when the person is free, what suits them, where to find them."""
    if wish.kind is WishKind.CALL:
        return free_times(wish.windows, wish.phone)
    if wish.kind is WishKind.VISIT_MOVE and wish.windows and wish.windows[0].is_sound:
        first = wish.windows[0]
        return line("Wished: {start} – {end}", start=first.starts, end=first.ends)
    return line("Place: {place}", place=wish.place) if wish.place else None
