"""Visits, call-backs and ways out, from the embedded desk's wire to the model's values, within bounds."""

from collections.abc import Iterable
from datetime import datetime

from tracker.desks.frontdesk import wire, wire_wish
from tracker.desks.frontdesk.safe_values import line_of, moment, optional_moment, text_of
from tracker.model.call import Call, CallState
from tracker.model.option import Option, OptionKind
from tracker.model.site_time import zone_named
from tracker.model.visit import Visit, VisitState
from tracker.model.window import Slot, Window

MOST = 50
"""So many windows, options, slots or things to prepare are read; a page of more helps nobody."""

_VISIT_STATES = {state.value: state for state in VisitState}
_CALL_STATES = {state.value: state for state in CallState}
_OPTION_KINDS = {kind.value: kind for kind in OptionKind}


def visit_of(told: wire.Visit) -> Visit:
    """Read a visit; one in a state this program does not know counts as booked."""
    starts, ends = moment(told.starts), moment(told.ends)
    return Visit(
        id=told.id,
        starts=starts,
        ends=ends if starts < ends else None,
        state=_VISIT_STATES.get(told.state, VisitState.SCHEDULED),
        place=line_of(told.place),
        agent=line_of(told.agent.name) if told.agent else "",
        eta_earliest=optional_moment(told.eta_earliest),
        eta_latest=optional_moment(told.eta_latest),
        zone=zone_of(told.zone) if told.zone else "",
        directions=text_of(told.directions) if told.directions else "",
        prepare=tuple(line for each in told.prepare[:MOST] if (line := line_of(each))),
        confirmed=told.confirmed,
    )


def call_of(told: wire.Call) -> Call | None:
    """Read a call-back; None in a state this program does not know: it must not promise to ring."""
    state = _CALL_STATES.get(told.state)
    if state is None:
        return None
    starts, ends = optional_moment(told.starts), optional_moment(told.ends)
    if starts is not None and ends is not None and starts >= ends:
        ends = None
    return Call(
        id=told.id,
        state=state,
        asked_at=moment(told.asked_at),
        phone=line_of(told.phone),
        windows=windows_of(told.windows),
        starts=starts,
        ends=ends,
        agent=line_of(told.agent.name) if told.agent else "",
        tries=min(told.tries, 1_000),
    )


def windows_of(told: Iterable[wire.Window]) -> tuple[Window, ...]:
    """Read windows; one that ends before it starts, or lies in another century, is left out."""
    read = (_window(each.starts, each.ends) for each in told)
    return tuple(window for window in read if window is not None)[:MOST]


def options_of(told: tuple[wire.Option, ...]) -> tuple[Option, ...]:
    """Read the ways out; one of a kind this program does not know keeps its words."""
    return tuple(
        Option(
            id=each.id,
            kind=_OPTION_KINDS.get(each.kind, OptionKind.OTHER),
            label=line_of(each.label),
            text=text_of(each.text),
        )
        for each in told[:MOST]
        if each.id and each.label.strip()
    )


def slots_of(told: Iterable[wire_wish.Slot]) -> tuple[Slot, ...]:
    """Read the times offered, soonest first; one that cannot be is left out."""
    read = [
        Slot(each.id, window, line_of(each.agent.name) if each.agent else "")
        for each in told
        if each.id and (window := _window(each.starts, each.ends)) is not None
    ]
    return tuple(sorted(read, key=lambda slot: slot.window.starts))[:MOST]


def zone_of(told: str) -> str:
    """Give a zone's name where this computer knows it; "" else: the reader's own zone is shown."""
    return told if zone_named(told) is not None else ""


def _window(starts: datetime, ends: datetime) -> Window | None:
    first, last = optional_moment(starts), optional_moment(ends)
    if first is None or last is None:
        return None
    window = Window(first, last)
    return window if window.is_sound else None
