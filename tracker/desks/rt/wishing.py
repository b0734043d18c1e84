"""A person's wishes at Request Tracker: in words, with what the site has fields for; once, and read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import msgspec

from tracker.desks.rt import wire
from tracker.desks.rt.calls import written_windows
from tracker.desks.rt.client import RtClient, Seen
from tracker.desks.rt.context import step_id
from tracker.desks.rt.knowledge import Knowledge
from tracker.desks.rt.notes import BY_COMMENT, note_of
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.status import FINISHED
from tracker.desks.rt.visits import visit_now
from tracker.desks.wish_words import words_of
from tracker.model.call import CallState
from tracker.model.command import Receipt
from tracker.model.errors import CommandRejected
from tracker.model.visit import VisitState
from tracker.model.wish import Wish, WishKind

_AFTER_THE_END = BY_COMMENT | {WishKind.CAME_BACK, WishKind.RATE}
_TO_SCHEDULED = frozenset({WishKind.VISIT_OK, WishKind.VISIT_MOVE})
_OF_VISIT = _TO_SCHEDULED | {WishKind.VISIT_NOT_THERE, WishKind.VISIT_PLACE}
_TRY = "…"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What wishes need: the login, the zone for times in words, the desk's clock minus ours."""

    login: str
    zone: Callable[[], tzinfo]
    offset: Callable[[], timedelta]


_BREATH = timedelta(seconds=5)
"""How far our clock and the desk's may seem to differ without saying anything."""


class Wisher:
    """Carries wishes out. `CommandRejected` says why one cannot be, in a plain sentence."""

    def __init__(self, client: RtClient, site: RtSite, knowledge: Knowledge, around: Surroundings) -> None:
        self._client = client
        self._site = site
        self._knowledge = knowledge
        self._around = around

    async def carry_out(self, wish: Wish, seen: Seen) -> Receipt:
        """Do it once; `seen` is the ticket as it is now."""
        ticket = seen.ticket
        if ticket is None:
            raise CommandRejected("This request is not there any more, or you may not see it.")
        ended = self._site.state(ticket.status) in FINISHED
        if ended and wish.kind not in _AFTER_THE_END:
            raise CommandRejected(
                "This request has ended meanwhile, and this would open it again. "
                "Write a reply if it shall go on."
            )
        if wish.kind is WishKind.RATE:
            return await self._rate(wish, ticket, seen.newest)
        if wish.kind in BY_COMMENT and ended:
            return await self._comment(wish, ticket, seen.newest)
        if wish.kind is WishKind.CAME_BACK and ended:
            return await self._reopen(wish, ticket)
        if wish.kind in _OF_VISIT:
            await self._check_visit(wish, ticket, seen.newest)
        return await self._write(wish, self._fields(wish))

    # In words

    async def _write(self, wish: Wish, fields: Mapping[str, str], status: str = "") -> Receipt:
        body: dict[str, object] = {
            "Content": words_of(wish, self._around.zone()),
            "ContentType": "text/plain",
            "CustomFields": {**fields, **self._note(wish)},
        }
        if status:
            body["Status"] = status
        step = await self._client.correspond(wish.ticket, msgspec.json.encode(body), ())
        return Receipt(wish.ticket, wish.ticket, step_id(step) if step else None)

    def _fields(self, wish: Wish) -> dict[str, str]:
        """Give what goes into fields beside the words; RT drops in silence what a person may not set."""
        names = self._site.fields
        given: dict[str, str] = {}
        if wish.kind is WishKind.CALL:
            windows = [window for window in wish.windows if window.is_sound and window.ends > self._now()]
            if wish.windows and not windows:
                raise CommandRejected("The times you gave for the call are over. Choose others.")
            given = {
                names.call_state: self._site.call_word(CallState.ASKED),
                names.call_number: wish.phone.strip(),
                names.call_windows: written_windows(windows),
            }
        elif wish.kind is WishKind.CALL_OFF:
            given = {names.call_state: self._site.call_word(CallState.CANCELLED)}
        elif wish.kind is WishKind.VISIT_PLACE:
            given = {names.location: wish.place.strip(), names.directions: " ".join(wish.text.split())}
        return {name: value[:250] for name, value in given.items() if name and value}

    def _now(self) -> datetime:
        return datetime.now().astimezone() + self._around.offset()

    def _note(self, wish: Wish) -> dict[str, str]:
        name = self._site.fields.client_id
        return {name: note_of(wish)} if name else {}

    # About a visit

    async def _check_visit(self, wish: Wish, ticket: wire.Ticket, newest: int) -> None:
        visit = visit_now(self._site, ticket)
        wanted = {VisitState.SCHEDULED}
        if wish.kind not in _TO_SCHEDULED:
            wanted.add(VisitState.ON_THE_WAY)
        if visit is None or visit.state not in wanted:
            raise CommandRejected(
                "The visit is under way or over, or was called off. Look at it, or write a reply."
            )
        if any(not window.is_sound for window in wish.windows):
            raise CommandRejected("The time you wished for ends before it starts. Choose another.")
        if wish.kind is WishKind.VISIT_PLACE:
            return
        was_moved = visit.starts != wish.seen if wish.seen else await self._was_moved(wish, ticket, newest)
        if was_moved:
            raise CommandRejected("The visit was moved meanwhile. Look at the new time first.")

    async def _was_moved(self, wish: Wish, ticket: wire.Ticket, newest: int) -> bool:
        """Tell whether the time was changed after the person saw it and spoke."""
        names = self._site.fields
        numbers = {_number_of(ticket, names.visit), _number_of(ticket, names.visit_end)} - {0}
        # A slow answer makes the desk's clock look late: what came in the same breath moved nothing.
        said = max(wish.at, wish.at + self._around.offset()) + _BREATH
        for step in await self._client.history(wish.ticket, newest):
            created = wire.moment(step.created)
            is_time = step.type == "CustomField" and wire.number(step.field) in numbers
            if is_time and created is not None and created > said:
                return True
        return False

    # After the end

    async def _reopen(self, wish: Wish, ticket: wire.Ticket) -> Receipt:
        if self._site.never_opens(ticket.status) or not _offers(ticket, "correspond"):
            raise CommandRejected("The desk does not open this request again. Raise a new one that names it.")
        receipt = await self._write(wish, {}, status=self._site.reopened_status)
        now = (await self._client.ticket(wish.ticket)).ticket
        if now is not None and self._site.state(now.status) in FINISHED:
            raise CommandRejected(
                "The desk took your words, but does not open this request again. "
                "Raise a new one that names it."
            )
        return receipt

    async def _comment(self, wish: Wish, ticket: wire.Ticket, newest: int) -> Receipt:
        """Say it where it opens nothing. We cannot see comments: the note beside it is the proof."""
        kept = Receipt(wish.ticket, wish.ticket, kept_here=True)
        name = self._site.fields.client_id
        if not _offers(ticket, "comment") or not _number_of(ticket, name):
            return kept
        if not wire.listed(ticket.custom_fields).get(name) and not await self._may_note(wish):
            return kept
        body = {
            "Content": words_of(wish, self._around.zone()),
            "ContentType": "text/plain",
            "CustomFields": self._note(wish),
        }
        await self._client.correspond(wish.ticket, msgspec.json.encode(body), (), unseen=True)
        noted = await self._own_step(wish, newest, name, note_of(wish))
        return Receipt(wish.ticket, wish.ticket, noted)

    async def _may_note(self, wish: Wish) -> bool:
        """Try whether this person may leave a note at all: without one, a lost answer would double it."""
        name, value = self._site.fields.client_id, f"{wish.id} {_TRY}"
        await self._client.change(wish.ticket, msgspec.json.encode({"CustomFields": {name: value}}))
        now = (await self._client.ticket(wish.ticket)).ticket
        return now is not None and wire.listed(now.custom_fields).get(name) == value

    async def _rate(self, wish: Wish, ticket: wire.Ticket, newest: int) -> Receipt:
        names = self._site.fields
        if wish.score is None or not 1 <= wish.score <= 5:
            raise CommandRejected("A rating is a number from 1 to 5. Choose one.")
        value = str(wish.score)
        if not _number_of(ticket, names.rating) or value not in await self._knowledge.choices(names.rating):
            return Receipt(wish.ticket, wish.ticket, kept_here=True)
        given = {names.rating: value}
        if wish.text.strip() and _number_of(ticket, names.rating_text):
            given[names.rating_text] = " ".join(wish.text.split())[:250]
        await self._client.change(wish.ticket, msgspec.json.encode({"CustomFields": given}))
        now = (await self._client.ticket(wish.ticket)).ticket
        if now is None or wire.listed(now.custom_fields).get(names.rating) != value:
            return Receipt(wish.ticket, wish.ticket, kept_here=True)
        if names.client_id:
            # After the rating, and not with it: RT changes the fields of one call in any order.
            await self._client.change(wish.ticket, msgspec.json.encode({"CustomFields": self._note(wish)}))
        return Receipt(wish.ticket, wish.ticket, await self._own_step(wish, newest, names.rating, value))

    async def _own_step(self, wish: Wish, after: int, name: str, value: str) -> str | None:
        """Find the event in which we set a field to a value after a step; None where nothing changed."""
        now = (await self._client.ticket(wish.ticket)).ticket
        number = _number_of(now, name) if now is not None else 0
        for step in await self._client.later(wish.ticket, after):
            is_it = step.type == "CustomField" and wire.number(step.field) == number
            if is_it and step.new_value == value and wire.login_of(step.creator) == self._around.login:
                return step_id(wire.number(step.id))
        return None


def _offers(ticket: wire.Ticket, what: str) -> bool:
    return any(link.ref == what for link in ticket.links)


def _number_of(ticket: wire.Ticket, name: str) -> int:
    """Give RT's number of a custom field that the ticket has and we see; 0 where it has none."""
    fields = () if isinstance(ticket.custom_fields, str) else ticket.custom_fields
    return next((wire.number(each.id) for each in fields if name and each.name == name), 0)
