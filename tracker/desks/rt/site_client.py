"""Request Tracker's REST2 calls on the site itself: who one is, what can be asked for, its articles."""

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.rt import wire
from tracker.desks.rt.rest import MOST_PAGES, PAGE, as_json, get, page_of, quoted
from tracker.desks.rt.session import REST, RtSession


class SiteClient:
    """What is asked of RT about the site. Errors are those of `RtSession`. `page`: the size of pages."""

    def __init__(self, session: RtSession, *, page: int = PAGE) -> None:
        self.session = session
        self._size = page

    async def version(self) -> str:
        """Give RT's version."""
        return (await get(self.session, f"{REST}/rt", wire.Version)).version

    async def me(self) -> wire.User | None:
        """Read the record of the person we sign in as; None where the proof is somebody else's."""
        call = Call("GET", f"{REST}/user/{quoted(self.session.user)}")
        answer = await self.session.ask(call, accept=(403, 404))
        return None if answer.status in (403, 404) else decode(answer, wire.User)

    async def queues(self) -> list[wire.Queue]:
        """List the queues this person sees."""
        found: list[wire.Queue] = []
        for page in range(1, MOST_PAGES):
            query = (("fields", "Name,Description"), *page_of(page, self._size))
            items = (await get(self.session, f"{REST}/queues/all", wire.Queues, query)).items
            found += items
            if len(items) < self._size:
                break
        return found

    async def queue(self, queue: str) -> wire.Queue:
        """Tell a queue's custom fields and what may be done with it."""
        return await get(self.session, f"{REST}/queue/{quoted(queue)}", wire.Queue)

    async def custom_field(self, field: str) -> wire.CustomField:
        """Tell what kind a custom field is."""
        return await get(self.session, f"{REST}/customfield/{quoted(field)}", wire.CustomField)

    async def articles(self, field: str, words: str) -> list[wire.Article]:
        """Find articles by one field: `Name`, `Summary` or `CustomField.{…}`."""
        body = as_json([{"field": field, "operator": "LIKE", "value": words}])
        query = (("fields", "Name,Summary,CustomFields"), ("per_page", "20"))
        call = Call("POST", f"{REST}/articles", query=query, body=body)
        return decode(await self.session.ask(call), wire.Articles).items
