"""What a person asks of the desk on a request under way: news, a call, another time for a visit."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.model.identity import CommandId
from tracker.model.ticket import TicketId
from tracker.model.window import Window


class WishKind(StrEnum):
    """What is asked for, or said."""

    NEWS = "news"
    CAN_WAIT = "can_wait"
    CALL = "call"
    CALL_OFF = "call_off"
    VISIT_OK = "visit_ok"
    VISIT_MOVE = "visit_move"
    VISIT_NOT_THERE = "visit_not_there"
    VISIT_PLACE = "visit_place"
    THANKS = "thanks"
    RATE = "rate"
    STILL_FINE = "still_fine"
    CAME_BACK = "came_back"
    OPTION = "option"


ABOUT_VISIT = frozenset(
    {WishKind.VISIT_OK, WishKind.VISIT_MOVE, WishKind.VISIT_NOT_THERE, WishKind.VISIT_PLACE}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish. Which fields count depends on `kind`; the rest is empty.

    `text`: the person's own line, for every kind ("Not yet" has a command of its own).
    `about`: the id of the promise (CAN_WAIT, NEWS), the visit (VISIT_…), the call (CALL_OFF) or the option
    chosen.
    `windows`: when the person is free for a CALL, at least one; for VISIT_MOVE the one window wished.
    `slot`: for VISIT_MOVE the desk's offer that was taken; empty for a wish of one's own.
    `phone`: for CALL. `place`: for VISIT_PLACE, where the technician shall come; `text` says how to find it.
    `score`: for RATE, 1 (bad) to 5 (good). `seen`: for VISIT_…, when the visit began as the person saw it, so
    that an answer to a window which was moved meanwhile is not taken for one to the new window.
    """

    id: CommandId
    at: datetime
    ticket: TicketId
    kind: WishKind
    text: str = ""
    about: str = ""
    windows: tuple[Window, ...] = ()
    slot: str = ""
    phone: str = ""
    place: str = ""
    score: int | None = None
    seen: datetime | None = None
