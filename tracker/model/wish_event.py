"""Which fact each wish is, once the desk has it or it is kept here."""

from tracker.model.event import EventKind
from tracker.model.wish import WishKind

EVENT_OF: dict[WishKind, EventKind] = {
    WishKind.NEWS: EventKind.NEWS_ASKED,
    WishKind.CAN_WAIT: EventKind.CAN_WAIT,
    WishKind.CALL: EventKind.CALLBACK_ASKED,
    WishKind.CALL_OFF: EventKind.CALLBACK_CANCELLED,
    WishKind.VISIT_OK: EventKind.VISIT_CONFIRMED,
    WishKind.VISIT_MOVE: EventKind.VISIT_MOVE_ASKED,
    WishKind.VISIT_NOT_THERE: EventKind.VISIT_NOT_THERE,
    WishKind.VISIT_PLACE: EventKind.VISIT_PLACE,
    WishKind.THANKS: EventKind.THANKED,
    WishKind.RATE: EventKind.RATED,
    WishKind.STILL_FINE: EventKind.CHECKED_IN,
    WishKind.CAME_BACK: EventKind.CHECKED_IN,
    WishKind.OPTION: EventKind.OPTION_CHOSEN,
}
