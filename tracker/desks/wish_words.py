"""A wish in plain English words, for a desk that has no place for it and gets it as a reply."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_SENTENCES = {
    WishKind.NEWS: "Is there any news on this request? Please write a line, also if nothing has changed.",
    WishKind.CAN_WAIT: "This can wait. An answer is still welcome, but I am not pressed.",
    WishKind.CALL: "Please call me back.",
    WishKind.CALL_OFF: "I do not need the call any more. Please do not ring.",
    WishKind.VISIT_OK: "The time of the visit suits me.",
    WishKind.VISIT_MOVE: "The time of the visit does not suit me. Please find another one.",
    WishKind.VISIT_NOT_THERE: "I cannot be there for the visit.",
    WishKind.VISIT_PLACE: "About the place of the visit.",
    WishKind.THANKS: "Thank you.",
    WishKind.RATE: "How I rate the help with this request:",
    WishKind.STILL_FINE: "It still works.",
    WishKind.CAME_BACK: "It came back.",
    WishKind.OPTION: "Of what you offered, I choose this:",
}


def words_of(wish: Wish, zone: tzinfo) -> str:
    """Write a wish as a message to the desk: the wish itself first, then the person's own line.

    Times are in `zone`, whose name stands beside each: who reads them may sit in another one.
    """
    said = [" ".join((_SENTENCES[wish.kind], *_particulars(wish)))]
    if wish.windows:
        said.append(_windows(wish, zone))
    if wish.text.strip():
        said.append(wish.text.strip())
    return "\n\n".join(said)


def window_words(window: Window, zone: tzinfo) -> str:
    """Write a window: "Thursday 26 November 2026, 10:00 to 12:00 (Europe/Berlin)"."""
    starts, ends = window.starts.astimezone(zone), window.ends.astimezone(zone)
    last = f"{ends:%H:%M}" if ends.date() == starts.date() else _moment(ends)
    return f"{_moment(starts)} to {last} ({_zone_name(starts)})"


def _particulars(wish: Wish) -> Sequence[str]:
    """Give the one thing that some kinds are about."""
    match wish.kind:
        case WishKind.CALL if wish.phone.strip():
            return (f"My number is {wish.phone.strip()}.",)
        case WishKind.VISIT_PLACE if wish.place.strip():
            return (f"Please come to {wish.place.strip()}.",)
        case WishKind.RATE if wish.score is not None:
            return (f"{wish.score} of 5 (5 is best).",)
        case WishKind.OPTION if not wish.text.strip():
            return (wish.about,)
        case _:
            return ()


def _windows(wish: Wish, zone: tzinfo) -> str:
    first = "I am free:" if wish.kind is WishKind.CALL else "This would suit me:"
    return "\n".join((first, *(f"- {window_words(window, zone)}" for window in wish.windows)))


def _moment(at: datetime) -> str:
    # Not strftime's names: they follow the program's locale, and the sentence around them is English.
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def _zone_name(at: datetime) -> str:
    """Name the zone so that nobody has to guess: by its place, else by its distance from UTC."""
    if isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key:
        return at.tzinfo.key
    return timezone(at.utcoffset() or timedelta()).tzname(at)
