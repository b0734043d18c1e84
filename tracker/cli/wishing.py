"""ask-news, can-wait, call, visit, thank, rate, check-in, choose: ask something on a request under way."""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, read_text, write, write_json
from tracker.cli.writing import WAIT, tell_sent
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.arrangement_shapes import SlotReport, SlotsReport
from tracker.core.reading import local_zone, open_reader
from tracker.core.reports import Speaker
from tracker.core.shapes import SCHEMA
from tracker.host.paths import ProfilePaths
from tracker.model.command import new_command_id
from tracker.model.promise import PromiseState
from tracker.model.track import Track
from tracker.model.window import Slot, Window
from tracker.model.wish import Wish, WishKind
from tracker.model.wording import moment
from tracker.store.codec import kind_of
from tracker.store.reader import Reader

_KINDS = {
    "ask-news": WishKind.NEWS,
    "can-wait": WishKind.CAN_WAIT,
    "thank": WishKind.THANKS,
    "rate": WishKind.RATE,
    "choose": WishKind.OPTION,
}
_VISIT = {
    "confirm": WishKind.VISIT_OK,
    "move": WishKind.VISIT_MOVE,
    "not-there": WishKind.VISIT_NOT_THERE,
    "place": WishKind.VISIT_PLACE,
}
_PRESSING = (PromiseState.MISSED, PromiseState.OVERDUE, PromiseState.NEARING, PromiseState.OPEN)


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Carry out one of the commands and give the exit status."""
    with Office(paths) as office:
        reader = open_reader(paths)
        now = datetime.now(UTC) + reader.clock_offset() if reader is not None else datetime.now(UTC)
        try:
            track = _track(arguments.ref, reader, now)
        finally:
            if reader is not None:
                reader.close()
        if track is None:
            complain(f"There is no request “{arguments.ref}” here. “tracker sync” fetches what is new.")
            return exits.REFUSED
        if arguments.command == "visit" and arguments.do == "slots":
            return _list_slots(office.answer(ask.Offers(track.ticket.id)), now, as_json=arguments.json)
        wish = _wish(arguments, track, now)
        answer = office.answer(ask.Submit(kind_of(wish), msgspec.Raw(msgspec.json.encode(wish)), WAIT))
    return tell_sent(answer, as_json=arguments.json) if isinstance(answer, ask.Sent) else failed(answer)


def _track(reference: str, reader: Reader | None, now: datetime) -> Track | None:
    ticket = reader.find(reference) if reader is not None else None
    return reader.track(ticket, now) if reader is not None and ticket is not None else None


def _wish(arguments: argparse.Namespace, track: Track, now: datetime) -> Wish:
    """Make the wish; raises `WrongUse` where it cannot be meant."""
    ticket = track.ticket
    if arguments.command == "call":
        return _call(arguments, track, now)
    if arguments.command == "visit":
        return _visit(arguments, track, now)
    if arguments.command == "check-in":
        kind = WishKind.STILL_FINE if arguments.how == "fine" else WishKind.CAME_BACK
        return Wish(new_command_id(), now, ticket.id, kind, _line())
    wish = Wish(new_command_id(), now, ticket.id, _KINDS[arguments.command], _line())
    if wish.kind in (WishKind.NEWS, WishKind.CAN_WAIT):
        return replace(wish, about=_promise(track))
    if wish.kind is WishKind.OPTION:
        return replace(wish, about=_option(arguments.option, track))
    return replace(wish, score=arguments.score) if wish.kind is WishKind.RATE else wish


def _call(arguments: argparse.Namespace, track: Track, now: datetime) -> Wish:
    call = track.ticket.call
    if arguments.off:
        about = call.id if call is not None and call.is_ahead else ""
        return Wish(new_command_id(), now, track.ticket.id, WishKind.CALL_OFF, _line(), about)
    if not arguments.phone or not arguments.window:
        raise WrongUse("A call needs --phone and at least one --window in which you are free, or --off.")
    windows = tuple(read_window(given) for given in arguments.window)
    return Wish(
        new_command_id(),
        now,
        track.ticket.id,
        WishKind.CALL,
        _line(),
        windows=windows,
        phone=arguments.phone.strip(),
    )


def _visit(arguments: argparse.Namespace, track: Track, now: datetime) -> Wish:
    visit, kind = track.ticket.visit, _VISIT[arguments.do]
    if visit is None:
        raise WrongUse("There is no visit on this request.")
    wish = Wish(new_command_id(), now, track.ticket.id, kind, _line(), visit.id, seen=visit.starts)
    if kind is WishKind.VISIT_MOVE:
        if bool(arguments.slot) == bool(arguments.window):
            raise WrongUse("Give either --slot, one of “tracker visit REF slots”, or --window of your own.")
        windows = (read_window(arguments.window),) if arguments.window else ()
        return replace(wish, slot=arguments.slot or "", windows=windows)
    if kind is WishKind.VISIT_PLACE:
        if not arguments.place and not wish.text:
            raise WrongUse("Say --place, or on standard input how to find you.")
        return replace(wish, place=arguments.place or "")
    return wish


def read_window(given: str) -> Window:
    """Read START/END (ISO 8601; without an offset, in this computer's zone). Raises `WrongUse`."""
    first, mark, last = given.partition("/")
    try:
        window = Window(_moment(first), _moment(last))
    except (ValueError, OverflowError):
        window = None
    if not mark or window is None:
        raise WrongUse(f"Write a time as 2026-11-26T10:00/2026-11-26T12:00, not “{given}”.")
    if not window.is_sound:
        raise WrongUse(f"“{given}” ends before it starts.")
    return window


def _moment(text: str) -> datetime:
    told = datetime.fromisoformat(text.strip())
    return (told if told.tzinfo is not None else told.replace(tzinfo=local_zone())).astimezone(UTC)


def _line() -> str:
    """Read one's own line where one is piped in; at a terminal nobody is kept waiting for it."""
    return "" if sys.stdin is None or sys.stdin.isatty() else read_text().strip()


def _promise(track: Track) -> str:
    """Name the promise that presses most, if any was made."""
    made = [promise for promise in track.promises if not promise.is_aim]
    found = (p.id for state in _PRESSING for p in made if p.state is state)
    return next(found, "")


def _option(asked: str, track: Track) -> str:
    options = track.ticket.options
    for number, option in enumerate(options, start=1):
        if asked in (option.id, str(number)):
            return option.id
    names = ", ".join(f"{number} ({option.label})" for number, option in enumerate(options, start=1))
    raise WrongUse(f"There are: {names}." if names else "Nothing is offered to choose from.")


def _list_slots(answer: ask.Answer, now: datetime, *, as_json: bool) -> int:
    if not isinstance(answer, ask.Offered):
        return failed(answer)
    zone = local_zone()
    speaker = Speaker(now, zone)
    if as_json:
        slots = tuple(_report(slot, speaker) for slot in answer.slots)
        write_json(SlotsReport(SCHEMA, slots))
        return exits.DONE
    for slot in answer.slots:
        starts, ends = slot.window.starts, slot.window.ends.astimezone(zone)
        write(f"{slot.id}  {moment(starts, now=now, zone=zone)} – {ends:%H:%M}  {slot.agent}".rstrip())
    if not answer.slots:
        write("The desk offers no times. Wish for one with --window.")
    return exits.DONE


def _report(slot: Slot, speaker: Speaker) -> SlotReport:
    return SlotReport(slot.id, speaker.local(slot.window.starts), speaker.local(slot.window.ends), slot.agent)
