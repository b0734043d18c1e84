"""Request Tracker's REST2 calls on tickets that an employee needs, one method each; typed answers."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass

from tracker.desks.answer import decode
from tracker.desks.http import Call, FilePart
from tracker.desks.rt import wire
from tracker.desks.rt.rest import MOST_PAGES, PAGE, as_json, get, page_of, quoted
from tracker.desks.rt.session import REST, RtSession
from tracker.model.errors import UnexpectedAnswer

NEWEST = 20
"""How many tickets a look at what changed reads at once."""

_OWN = "(Requestor.id = '__CurrentUser__' OR Cc.id = '__CurrentUser__')"
_LIST_FIELDS = "Subject,Status,Created,LastUpdated,Due,Priority,Queue,Owner"
_STEP_FIELDS = "Type,Field,OldValue,NewValue,Data,Creator,Created,ObjectId"
_PEOPLE = (("fields[Owner]", "Name,RealName"), ("fields[Queue]", "Name,Lifecycle"))
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """A look at a ticket: `newest` is the id of its newest visible transaction, RT's ETag of a ticket.

    Without a `ticket` nothing has changed since `newest`, or, where that is 0 too, it is not ours to see.
    """

    ticket: wire.Ticket | None
    newest: int

    @property
    def is_hidden(self) -> bool:
        """True where there is no such ticket for us."""
        return self.ticket is None and not self.newest


class RtClient:
    """What is asked of RT about tickets. Errors are those of `RtSession`. `page`: the size of pages.

    `may_comment`: a ticket seen so far takes comments from this person.
    """

    def __init__(self, session: RtSession, *, page: int = PAGE) -> None:
        self.session = session
        self._size = page
        self.may_comment = False

    async def newest(self, page: int) -> wire.Tickets:
        """Give a page of own tickets, the last changed first, with what tells a change and no more."""
        order = (("orderby", "LastUpdated"), ("order", "DESC"), ("orderby", "id"), ("order", "DESC"))
        query = (
            ("query", _OWN),
            ("fields", "LastUpdated,Status"),
            *order,
            ("page", str(page)),
            ("per_page", str(NEWEST)),
        )
        return await get(self.session, f"{REST}/tickets", wire.Tickets, query)

    async def tickets_below(self, ticket: int | None) -> wire.Tickets:
        """Give a page of own tickets with smaller ids than `ticket`, newest first.

        By id and not by page, so that a ticket that comes or goes meanwhile shifts nothing.
        """
        which = _OWN if ticket is None else f"{_OWN} AND id < {ticket}"
        query = (("query", which), ("fields", _LIST_FIELDS), ("orderby", "id"), ("order", "DESC"))
        return await get(
            self.session, f"{REST}/tickets", wire.Tickets, (*query, *_PEOPLE, *page_of(1, self._size))
        )

    async def ids_below(self, ticket: int | None) -> wire.Tickets:
        """Give a page of nothing but ids, as `tickets_below`."""
        which = _OWN if ticket is None else f"{_OWN} AND id < {ticket}"
        query = (("query", which), ("orderby", "id"), ("order", "DESC"), *page_of(1, self._size))
        return await get(self.session, f"{REST}/tickets", wire.Tickets, query)

    async def find_tickets(self, condition: str) -> list[wire.Ticket]:
        """Find own tickets by a condition in TicketSQL, newest first (at most a page)."""
        query = (("query", f"{_OWN} AND {condition}"), ("fields", _LIST_FIELDS))
        order = (("orderby", "id"), ("order", "DESC"), *page_of(1, self._size))
        return (await get(self.session, f"{REST}/tickets", wire.Tickets, (*query, *order))).items

    async def ticket(self, ticket: str, *, unless: int = 0) -> Seen:
        """Look at a ticket; costs little where its newest visible transaction still is `unless`."""
        query = (*_PEOPLE, ("fields[Requestor]", "Name"), ("fields[Cc]", "Name"))
        headers = (("if-none-match", f'"{unless}"'),) if unless else ()
        call = Call("GET", f"{REST}/ticket/{quoted(ticket)}", query=query, headers=headers)
        answer = await self.session.ask(call, accept=(304, 403, 404))
        if answer.status == 304:
            return Seen(None, unless)
        if answer.status in (403, 404):
            return Seen(None, 0)
        told = decode(answer, wire.Ticket)
        self.may_comment = self.may_comment or any(link.ref == "comment" for link in told.links)
        return Seen(told, wire.number(answer.headers.get("etag", "").strip('"')))

    async def history(self, ticket: str, newest: int) -> list[wire.Transaction]:
        """Read a ticket's transactions up to `newest`, in their order.

        RT cuts pages before it looks at rights, so a short or empty page is not the end: the end is the
        newest visible transaction, which the ticket's ETag names.
        """
        found: list[wire.Transaction] = []
        for page in range(1, MOST_PAGES):
            query = (
                ("fields", _STEP_FIELDS),
                ("fields[Creator]", "Name,RealName,id"),
                *page_of(page, self._size),
            )
            items = (
                await get(self.session, f"{REST}/ticket/{quoted(ticket)}/history", wire.Transactions, query)
            ).items
            found += items
            if not newest or (items and wire.number(items[-1].id) >= newest):
                return found
        raise UnexpectedAnswer(f"{self.session.http.desk} never ends the history of one request. Tell IT.")

    async def later(self, ticket: str, after: int) -> list[wire.Transaction]:
        """Read the first of a ticket's transactions after one, for looking up what we just sent."""
        which = f"TicketId = {wire.number(ticket)} AND id > {after}"
        query = (("query", which), ("fields", _STEP_FIELDS), ("fields[Creator]", "Name,RealName,id"))
        found = (*query, ("orderby", "id"), *page_of(1, self._size))
        return (await get(self.session, f"{REST}/transactions", wire.Transactions, found)).items

    async def texts(self, ticket: str, transactions: Sequence[int]) -> list[wire.Part]:
        """Read what was written in these transactions of a ticket: no files, however big they are."""
        conditions = [("ContentType", "LIKE", "text/"), ("Filename", "IS", "NULL")]
        return await self._parts(ticket, transactions, conditions, "TransactionId,ContentType,Content")

    async def files(self, ticket: str, transactions: Sequence[int]) -> list[wire.Part]:
        """List the files of these transactions of a ticket, without what is in them."""
        conditions = [("Filename", "IS NOT", "NULL")]
        fields = "TransactionId,Filename,ContentType,ContentLength"
        return await self._parts(ticket, transactions, conditions, fields)

    async def subjects(self, ticket: str, transactions: Sequence[int]) -> list[wire.Part]:
        """Read the subject lines of these transactions of a ticket."""
        return await self._parts(ticket, transactions, [], "TransactionId,Subject")

    async def create(self, body: bytes, files: Sequence[FilePart]) -> str:
        """Make a ticket; gives its id."""
        answer = await self.session.ask(_message(f"{REST}/ticket", body, files))
        return str(decode(answer, wire.Made).id)

    async def correspond(
        self, ticket: str, body: bytes, files: Sequence[FilePart], *, unseen: bool = False
    ) -> int:
        """Write on a ticket; gives the transaction's id, 0 where RT does not name it.

        `unseen`: as a comment, which only the desk reads.
        """
        path = f"{REST}/ticket/{quoted(ticket)}/{'comment' if unseen else 'correspond'}"
        answer = await self.session.ask(_message(path, body, files))
        decode(answer, list[str])
        return wire.number(answer.headers.get("location", "").rpartition("/")[2])

    async def change(self, ticket: str, body: bytes) -> list[str]:
        """Change a ticket; gives RT's sentences. It answers 200 to refusals too: read back."""
        call = Call("PUT", f"{REST}/ticket/{quoted(ticket)}", body=body)
        return decode(await self.session.ask(call), list[str])

    async def download(self, transaction: str, part: str) -> AsyncIterator[bytes]:
        """Give a file's bytes as they come; nothing at all where it is not ours to see."""
        # The last word of the path is only a name for browsers.
        path = f"/SelfService/Attachment/{quoted(transaction)}/{quoted(part)}/file"
        call = Call("GET", path, headers=(("accept", "*/*"),))
        async with self.session.stream(call) as response:
            async for piece in response.aiter_bytes(64 * 1024):
                yield piece

    async def _parts(
        self,
        ticket: str,
        transactions: Sequence[int],
        conditions: Collection[tuple[str, str, str]],
        fields: str,
    ) -> list[wire.Part]:
        # By transaction, so that only what we may see is asked for and a short page is the end.
        rules = [{"field": name, "operator": how, "value": value} for name, how, value in conditions]
        path = f"{REST}/ticket/{quoted(ticket)}/attachments"
        found: list[wire.Part] = []
        for start in range(0, len(transactions), _AT_ONCE):
            these = transactions[start : start + _AT_ONCE]
            either = [
                {"field": "TransactionId", "value": str(each), "entry_aggregator": "OR"} for each in these
            ]
            body = as_json([*rules, *either])
            for page in range(1, MOST_PAGES):
                call = Call("POST", path, query=(("fields", fields), *page_of(page, self._size)), body=body)
                items = decode(await self.session.ask(call), wire.Parts).items
                found += items
                if len(items) < self._size:
                    break
        return found


def _message(path: str, body: bytes, files: Sequence[FilePart]) -> Call:
    if not files:
        return Call("POST", path, body=body)
    # As a form, since RT mangles the names of files that come as base64 in JSON.
    return Call("POST", path, form=(("JSON", body.decode()),), files=tuple(files))
