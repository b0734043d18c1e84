"""What differs from one Request Tracker to the next: queues, words for states, names of custom fields."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.model.errors import UnexpectedAnswer
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
    "closed": TicketState.CLOSED,
}
_VISITS = {"dispatched": VisitState.ON_THE_WAY, "scheduled": VisitState.SCHEDULED}
_FIELD_NAMES = {
    "visit": "Technician visit",
    "next_update": "Next update by",
    "location": "Location",
    "rating": "Satisfaction",
    "client_id": "Client id",
}
_WORDS = {
    "closed_status": "closed",
    "reopened_status": "open",
    "works_value": "",
    "article_body": "Body",
    "time_zone": "",
}
_PRIORITIES = ((Priority.URGENT, 100), (Priority.HIGH, 75), (Priority.NORMAL, 25), (Priority.LOW, 1))
ATTACHMENT_BYTES = 10 * 1024 * 1024
"""RT's own limit, `$MaxAttachmentSize`, unless the site says another."""


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names of the custom fields with a meaning; a site that lacks one simply does without it."""

    visit: str
    next_update: str
    location: str
    rating: str
    client_id: str

    def special(self) -> frozenset[str]:
        """Name those that are not questions on a form."""
        return frozenset({self.visit, self.next_update, self.rating, self.client_id}) - {""}


@dataclass(frozen=True, slots=True)
class RtSite:
    """One site's map. Options that `read_site` understands are listed in docs/desks/request-tracker.md."""

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
    chosen: frozenset[str] = field(default=frozenset())

    def state(self, word: str) -> TicketState:
        """Turn a status of RT into a state; UNKNOWN where the map has none."""
        return dict(self.states).get(word.lower(), TicketState.UNKNOWN)

    def visit_state(self, word: str) -> VisitState | None:
        """Tell what a status says of the visit, if anything."""
        return dict(self.visits).get(word.lower())

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
        fields=FieldNames(**{key: given.pop(f"field.{key}", name) for key, name in _FIELD_NAMES.items()}),
        priorities=_read_priorities(given.pop("priorities", "")),
        visit_length=_read_minutes(given.pop("visit_minutes", "")),
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


def _read_minutes(text: str) -> timedelta | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= 24 * 60:
        raise UnexpectedAnswer(
            f"The setting “visit_minutes” is “{text}”, which is no length in minutes. Ask IT."
        )
    return timedelta(minutes=int(text))


def _read_bytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1024**3:
        raise UnexpectedAnswer(
            f"The setting “attachment_bytes” is “{text}”, which is no size in bytes. Ask IT."
        )
    return int(text)
