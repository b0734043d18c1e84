"""What differs from one Request Tracker to the next: queues, words for states, meanings of fields."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from tracker.desks.rt.field_names import CALL_WORDS, FIELD_KEYS, VISIT_WORDS, FieldNames
from tracker.model.call import CallState
from tracker.model.errors import UnexpectedAnswer
from tracker.model.promise import PromiseKind
from tracker.model.ticket import Priority, TicketState
from tracker.model.visit import VisitState

# RT's own lifecycle 'default' (RT_Config.pm, %Lifecycles), and the words service desks commonly add to it.
_STATES: dict[str, TicketState] = {
    "new": TicketState.NEW,
    "open": TicketState.WORKING,
    "stalled": TicketState.WAITING_FOR_YOU,
    "resolved": TicketState.RESOLVED,
    "rejected": TicketState.CANCELLED,
    "deleted": TicketState.CANCELLED,
    "waiting": TicketState.WAITING_FOR_YOU,
    "scheduled": TicketState.VISIT,
    "dispatched": TicketState.VISIT,
    "on site": TicketState.VISIT,
    "waiting for supplier": TicketState.WAITING_FOR_SUPPLIER,
    "waiting for approval": TicketState.WAITING_FOR_APPROVAL,
    "waiting for parts": TicketState.WAITING_FOR_PARTS,
    "waiting for change": TicketState.WAITING_FOR_CHANGE,
    "closed": TicketState.CLOSED,
}
_VISITS = {
    "scheduled": VisitState.SCHEDULED,
    "dispatched": VisitState.ON_THE_WAY,
    "on site": VisitState.ON_SITE,
}
_DUE = {"fix": PromiseKind.FIX, "next_update": PromiseKind.NEXT_UPDATE, "nothing": None}
_WORDS = {
    "closed_status": "closed",
    "reopened_status": "open",
    "works_value": "",
    "article_body": "Body",
    "time_zone": "",
}
_S = TypeVar("_S", VisitState, CallState)
_PRIORITIES = ((Priority.URGENT, 100), (Priority.HIGH, 75), (Priority.NORMAL, 25), (Priority.LOW, 1))
ATTACHMENT_BYTES = 10 * 1024 * 1024
"""RT's own limit, `$MaxAttachmentSize`, unless the site says another."""


@dataclass(frozen=True, slots=True)
class RtSite:
    """One site's map. Options that `read_site` understands are listed in docs/desks/request-tracker.md.

    `due`: what RT's own Due promises, None for nothing. `final`: statuses that nothing opens again.
    """

    queues: tuple[str, ...]
    states: tuple[tuple[str, TicketState], ...]
    visits: tuple[tuple[str, VisitState], ...]
    fields: FieldNames
    closed_status: str
    reopened_status: str
    works_value: str
    article_body: str
    priorities: tuple[tuple[Priority, int], ...] = _PRIORITIES
    attachment_bytes: int = ATTACHMENT_BYTES
    visit_length: timedelta | None = None
    call_length: timedelta = timedelta(minutes=30)
    visit_words: tuple[tuple[str, VisitState], ...] = tuple(VISIT_WORDS.items())
    call_words: tuple[tuple[str, CallState], ...] = tuple(CALL_WORDS.items())
    due: PromiseKind | None = PromiseKind.FIX
    final: frozenset[str] = frozenset()
    chosen: frozenset[str] = field(default=frozenset())

    def state(self, word: str) -> TicketState:
        """Turn a status of RT into a state; UNKNOWN where the map has none."""
        return dict(self.states).get(word.lower(), TicketState.UNKNOWN)

    def visit_state(self, word: str) -> VisitState | None:
        """Tell what a status says of the visit, if anything."""
        return dict(self.visits).get(word.lower())

    def visit_said(self, value: str) -> VisitState | None:
        """Tell what the field for the visit's state says; None for nothing and for an unknown word."""
        return dict(self.visit_words).get(value.strip().lower())

    def call_said(self, value: str) -> CallState | None:
        """Tell what the field for the call's state says; None for nothing and for an unknown word."""
        return dict(self.call_words).get(value.strip().lower())

    def call_word(self, state: CallState) -> str:
        """Give the word to write into that field; empty where the site has none."""
        return next((word for word, means in self.call_words if means is state), "")

    def never_opens(self, word: str) -> bool:
        """Tell whether a request with this status stays as it is, whatever its requester does."""
        return word.lower() in self.final

    def visit_ends(self, starts: datetime) -> datetime | None:
        """Give the end of the window a visit is booked for, where the site says how long it is."""
        return starts + self.visit_length if self.visit_length else None

    def priority(self, number: int) -> Priority:
        """Turn RT's number into one of four steps. 0 is what nobody has judged yet."""
        if number <= 0:
            return Priority.NORMAL
        return next((step for step, least in self.priorities if number >= least), Priority.LOW)

    def priority_number(self, priority: Priority) -> int:
        """Give the number that RT shall keep for a step."""
        return dict(self.priorities).get(priority, 0)


def read_site(options: Iterable[tuple[str, str]]) -> RtSite:
    """Read a site's options; UnexpectedAnswer names the option that can't be understood."""
    given = {key.strip(): value.strip() for key, value in options}
    states, visits = _read_states(given)
    return RtSite(
        queues=tuple(name.strip() for name in given.pop("queues", "").split(",") if name.strip()),
        states=tuple(states.items()),
        visits=tuple(visits.items()),
        fields=_read_fields(given),
        priorities=_read_priorities(given.pop("priorities", "")),
        visit_length=_read_minutes("visit_minutes", given),
        call_length=_read_minutes("call_minutes", given) or timedelta(minutes=30),
        visit_words=tuple(_read_says("visit.", given, VISIT_WORDS, VisitState).items()),
        call_words=tuple(_read_says("call.", given, CALL_WORDS, CallState).items()),
        due=_read_due(given.pop("due", "fix")),
        final=frozenset(w.strip().lower() for w in given.pop("final_statuses", "").split(",")) - {""},
        attachment_bytes=_read_bytes(given.pop("attachment_bytes", str(ATTACHMENT_BYTES))),
        chosen=frozenset(key for key, _ in options),
        **_read_words(given),
    )


def _read_words(given: dict[str, str]) -> dict[str, str]:
    words = {key: given.pop(key, word) for key, word in _WORDS.items()}
    words.pop("time_zone")  # REST2 speaks UTC throughout; kept so that a site may write it down
    if given:
        raise UnexpectedAnswer(
            f"The setting “{min(given)}” for Request Tracker is not known. Check its spelling with IT."
        )
    return words


def _read_states(given: dict[str, str]) -> tuple[dict[str, TicketState], dict[str, VisitState]]:
    states, visits = dict(_STATES), dict(_VISITS)
    for key in [key for key in given if key.startswith("status.")]:
        word = key.removeprefix("status.").lower()
        value = given.pop(key)
        name, _, visit = value.partition(":")
        visits.pop(word, None)
        try:
            states[word] = TicketState(name)
            if visit:
                visits[word] = VisitState(visit)
        except ValueError as error:
            raise UnexpectedAnswer(
                f"The setting “{key}” for Request Tracker has the value “{value}”, which is no state. Ask IT."
            ) from error
    return states, visits


def _read_priorities(text: str) -> tuple[tuple[Priority, int], ...]:
    if not text:
        return _PRIORITIES
    found = re.findall(r"(low|normal|high|urgent)\s*[:=]\s*(\d{1,6})", text)
    if len(found) != len(text.split(",")):
        raise UnexpectedAnswer(
            f"The setting “priorities” for Request Tracker cannot be read: “{text}”. Ask IT."
        )
    steps = [(Priority(name), int(least)) for name, least in found]
    return tuple(sorted(steps, key=lambda step: -step[1]))


def _read_fields(given: dict[str, str]) -> FieldNames:
    chosen = {key: given.pop(f"field.{key}") for key in FIELD_KEYS if f"field.{key}" in given}
    return FieldNames(**chosen)


def _read_says(prefix: str, given: dict[str, str], usual: Mapping[str, _S], kind: type[_S]) -> dict[str, _S]:
    """Read what the words of a field mean; the site's own come first."""
    said: dict[str, _S] = {}
    for key in [key for key in given if key.startswith(prefix)]:
        value = given.pop(key)
        try:
            said[key.removeprefix(prefix).lower()] = kind(value)
        except ValueError as error:
            raise UnexpectedAnswer(
                f"The setting “{key}” for Request Tracker has the value “{value}”, which is no state. Ask IT."
            ) from error
    return said | {word: state for word, state in usual.items() if word not in said}


def _read_due(text: str) -> PromiseKind | None:
    if text not in _DUE:
        raise UnexpectedAnswer(
            f"The setting “due” for Request Tracker is “{text}”; it can be {', '.join(_DUE)}. Ask IT."
        )
    return _DUE[text]


def _read_minutes(key: str, given: dict[str, str]) -> timedelta | None:
    text = given.pop(key, "")
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= 24 * 60:
        raise UnexpectedAnswer(f"The setting “{key}” is “{text}”, which is no length in minutes. Ask IT.")
    return timedelta(minutes=int(text))


def _read_bytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1024**3:
        raise UnexpectedAnswer(
            f"The setting “attachment_bytes” is “{text}”, which is no size in bytes. Ask IT."
        )
    return int(text)
