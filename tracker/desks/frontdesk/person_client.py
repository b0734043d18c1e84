"""The embedded desk's calls for one person beside requests: times offered, and how they want to be told."""

import msgspec

from tracker.desks.answer import decode
from tracker.desks.frontdesk import wire_wish
from tracker.desks.frontdesk.client import ticket_path
from tracker.desks.frontdesk.session import Session
from tracker.desks.http import Call

_PREFERENCES = "/me/preferences"
_LIMIT = 256 * 1024


class PersonClient:
    """Speaks with one desk for one person. Errors are those of `DeskHttp`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def slots(self, number: str) -> tuple[wire_wish.Slot, ...]:
        """Ask for the times offered for a ticket's visit."""
        call = Call("GET", ticket_path(number, "slots"), limit=_LIMIT)
        return decode(await self._session.ask(call), wire_wish.Slots).slots

    async def preferences(self) -> wire_wish.Kept:
        """Ask for what the person left at the desk on how to be told."""
        return decode(await self._session.ask(Call("GET", _PREFERENCES, limit=_LIMIT)), wire_wish.Kept)

    async def keep_preferences(self, kept: wire_wish.Keep) -> None:
        """Leave it there; a later one takes its place."""
        await self._session.ask(Call("PUT", _PREFERENCES, body=msgspec.json.encode(kept), limit=_LIMIT))
