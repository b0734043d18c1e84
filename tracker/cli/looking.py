"""list, show, outbox: what is on this computer, as of the last word from the desk."""

import argparse
from collections.abc import Callable
from datetime import datetime, timedelta

from tracker.cli.chat_words import chat_words
from tracker.cli.output import complain, write, write_json
from tracker.core import exits
from tracker.core.chat_report import chat_report
from tracker.core.reading import local_zone, open_reader
from tracker.core.reports import Speaker, ledger_report
from tracker.core.shapes import SCHEMA, ListReport, OutboxReport, ShowReport
from tracker.core.show_report import show_report
from tracker.host.files import size_words
from tracker.host.paths import ProfilePaths
from tracker.model.ledger import Ledger, ledger
from tracker.model.listing import Filter
from tracker.model.ticket import TicketId
from tracker.model.wording import moment
from tracker.store.reader import Reader

NOTHING_HERE = "Nothing has been fetched yet. Sign in, then run “tracker sync”."


def list_requests(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print the requests of a filter, those that need the person first."""
    reader = open_reader(paths)
    if reader is None:
        return _empty(as_json=arguments.json)
    now = _now(reader)
    speaker = Speaker(now, local_zone())
    ids = reader.tickets(Filter(arguments.filter), arguments.search)
    tracks = reader.tracks(ids, now)
    rows = tuple(speaker.listed(track, reader.local_reference(track.ticket.id)) for track in tracks)
    as_of = reader.as_of()
    if arguments.json:
        counted = sum((ledger(track.promises) for track in tracks), Ledger())
        write_json(ListReport(SCHEMA, speaker.maybe(as_of), rows, ledger_report(counted)))
        return exits.DONE
    for row in rows:
        write(f"{row.number or row.id:<14} {row.chip:<22} {row.subject}")
        write(f"{'':<14} {row.now}. {row.next}.")
    write(f"As of {_moment(as_of, now)}." if as_of else "The desk has not been heard yet.")
    return exits.DONE


def show_request(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print one request with its timeline, or all that was said in its chats."""
    if arguments.conversation:
        from tracker.cli.conversation import show_conversation

        return with_request(
            arguments.ref,
            paths,
            lambda reader, ticket: show_conversation(reader, ticket, as_json=arguments.json),
        )
    return with_request(
        arguments.ref, paths, lambda reader, ticket: _show(reader, ticket, as_json=arguments.json)
    )


def list_outbox(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print what the desk has not confirmed."""
    reader = open_reader(paths)
    speaker = Speaker(_now(reader), local_zone())
    commands = () if reader is None else tuple(speaker.pending(pending) for pending in reader.outbox())
    if arguments.json:
        write_json(OutboxReport(SCHEMA, commands))
        return exits.DONE
    for command in commands:
        write(f"{command.id}  {command.delivery:<9} {command.kind:<9} {command.subject or command.ticket}")
        if command.reason:
            write(f"{'':<38}{command.reason}")
    if not commands:
        write("Nothing is waiting.")
    return exits.DONE


def with_request(reference: str, paths: ProfilePaths, then: Callable[[Reader, TicketId], int]) -> int:
    """Do something with the request that a reference names, and give the exit status; say so if none is."""
    reader = open_reader(paths)
    if reader is None:
        complain(NOTHING_HERE)
        return exits.REFUSED
    ticket = reader.find(reference)
    if ticket is None:
        complain(f"There is no request “{reference}” here. “tracker sync” fetches what is new.")
        return exits.REFUSED
    try:
        return then(reader, ticket)
    finally:
        reader.close()


def _show(reader: Reader, ticket: TicketId, *, as_json: bool) -> int:
    now = _now(reader)
    track = reader.track(ticket, now)
    if track is None:
        complain("This request is gone.")
        return exits.REFUSED
    report = show_report(
        track,
        reader.events(ticket),
        reader.attachments(ticket),
        reference=reader.local_reference(ticket),
        as_of=reader.as_of(),
        speaker=Speaker(now, local_zone()),
    )
    report.chat = chat_report(reader.talks, ticket, Speaker(now, local_zone()))
    if as_json:
        write_json(report)
    else:
        _print(report, now)
    return exits.DONE


def _print(report: ShowReport, now: datetime) -> None:
    write(f"{report.ticket.number or report.ticket.id}  {report.ticket.subject}")
    bar = "  ".join(
        f"[{stage.label}]" if stage.state == "now" else stage.label + (" ✓" if stage.state == "done" else "")
        for stage in report.stages
    )
    write(bar)
    write(f"Now:  {report.now.text}")
    write(f"Next: {report.next.text}")
    _print_arrangements(report, now)
    for event in report.events:
        write(
            f"  {_moment(event.at, now):<18} {event.title}{f' ({event.delivery})' if event.delivery else ''}"
        )
        for text in event.text.splitlines()[:20]:
            write(f"  {'':<18}   {text}")
    for file in report.attachments:
        write(f"  File {file.number}: {file.name} {size_words(file.size) if file.size is not None else ''}")
    if report.as_of:
        write(f"As of {_moment(report.as_of, now)}.")


def _print_arrangements(report: ShowReport, now: datetime) -> None:
    """Print when somebody comes or rings, and what is left to choose."""
    visit, call = report.visit, report.call
    if visit is not None:
        where = f", {visit.place}" if visit.place else ""
        write(f"Visit: {_moment(visit.starts, now)}{where} ({visit.state.replace('_', ' ')})")
    if call is not None:
        when = f"{_moment(call.starts, now)} " if call.starts is not None else ""
        write(f"Call: {when}to {call.phone} ({call.state})")
    if report.chat is not None:
        write(f"Chat: {chat_words(report.chat)}")
    for number, option in enumerate(report.options, start=1):
        write(f"Option {number}: {option.label}")


def _empty(*, as_json: bool) -> int:
    if as_json:
        write_json(ListReport(SCHEMA, None, (), ledger_report(Ledger())))
    else:
        complain(NOTHING_HERE)
    return exits.DONE


def _now(reader: Reader | None) -> datetime:
    """Give the time as the desk has it: where this computer's clock is off, promises are judged by that."""
    offset = reader.clock_offset() if reader is not None else timedelta()
    return datetime.now(local_zone()) + offset


def _moment(at: datetime, now: datetime) -> str:
    return moment(at, now=now, zone=local_zone())
