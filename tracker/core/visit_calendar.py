"""Puts a visit into the person's own calendar: writes the file, and notes what it said."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from tracker.host.disk import plain_disk_errors, write_whole
from tracker.host.file_names import safe_name
from tracker.model.calendar_entry import CalendarWords, next_entry
from tracker.model.errors import TrackerError
from tracker.model.ticket import Ticket, TicketId
from tracker.store import meta

if TYPE_CHECKING:
    from tracker.core.program import Program

_DOING = "saving the file for your calendar"


async def write_visit(program: "Program", ticket: TicketId, words: CalendarWords, to: Path | None) -> Path:
    """Write the file for the visit of a ticket, as it is known now, and give its path. On the sync thread.

    `to` None: into the folder for files to open. Raises `HostError` when the disk refuses, `TrackerError`
    when the ticket has no visit any more; then nothing is noted.
    """
    from anyio.to_thread import run_sync

    from tracker.host.calendar_file import visit_file

    engine = program.engine
    real = engine.outbox.resolve(ticket)
    known = engine.writer.tickets((real,)).get(real)
    if known is None or known.visit is None:
        raise TrackerError("There is no visit any more that could go into your calendar.")
    now = program.now()
    before = meta.calendar(engine.connection).get(real)
    entry = next_entry(known.visit, before, uid=_uid(program, real, known.visit.id), now=now)
    link = f"tracker://ticket/{_reference(known)}"
    path = to or program.paths.received / safe_name(f"visit-{_reference(known)}.ics")
    make = partial(visit_file, entry, words, link=link, zone=program.wishes().zone, now=now)
    await run_sync(lambda: _write(path, make()))
    engine.publisher.add(engine.writer.put_calendar(real, entry, now))
    return path


def _write(path: Path, data: bytes) -> None:
    with plain_disk_errors(_DOING, path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, data, doing=_DOING)


def _reference(ticket: Ticket) -> str:
    return ticket.number or ticket.id


def _uid(program: "Program", ticket: TicketId, visit: str) -> str:
    """Name the entry the same each time, and never as another desk's."""
    desk = program.settings.desk
    where = desk.url if desk is not None else ""
    return f"{uuid5(NAMESPACE_URL, f'{where}#{ticket}#{visit}')}@tracker"
