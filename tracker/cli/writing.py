"""new, reply, confirm, not-fixed: say something to the desk, and wait a little for it."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, read_text, write, write_json
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.reading import open_reader
from tracker.core.shapes import SCHEMA, SentReport
from tracker.host.files import keep_outgoing
from tracker.host.paths import ProfilePaths
from tracker.model.attachment import LocalFile
from tracker.model.catalogue import Service
from tracker.model.command import Command, ConfirmFixed, CreateTicket, PostReply, SayNotFixed, new_command_id
from tracker.model.ticket import Priority, TicketId
from tracker.store.codec import kind_of
from tracker.store.reader import Reader

WAIT = 10.0
"""Seconds to wait for the desk before it is called queued."""


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Carry out one of the four commands and give the exit status."""
    with Office(paths) as office:
        reader = open_reader(paths)
        try:
            command = _command(arguments, paths, reader)
        finally:
            if reader is not None:
                reader.close()
        if command is None:
            complain(f"There is no request “{arguments.ref}” here.")
            return exits.REFUSED
        raw = msgspec.Raw(msgspec.json.encode(command))
        answer = office.answer(ask.Submit(kind_of(command), raw, WAIT))
    return tell_sent(answer, as_json=arguments.json) if isinstance(answer, ask.Sent) else failed(answer)


def _command(arguments: argparse.Namespace, paths: ProfilePaths, reader: Reader | None) -> Command | None:
    """Make the command; None when the request it is about is not here."""
    now, name = datetime.now(UTC), new_command_id()
    if arguments.command == "new":
        service = service_named(arguments.service, () if reader is None else reader.services())
        fields = _fields(arguments.field, service)
        subject, text = arguments.subject.strip(), read_text()
        if not subject:
            raise WrongUse("A request needs a subject.")
        files = _files(arguments.attach, paths, reader)
        priority = Priority(arguments.priority)
        return CreateTicket(name, now, service.id, subject, text, fields, priority, files)
    ticket = reader.find(arguments.ref) if reader is not None else None
    if ticket is None:
        return None
    if arguments.command == "confirm":
        return ConfirmFixed(name, now, ticket)
    text = read_text().strip()
    if arguments.command == "not-fixed":
        return SayNotFixed(name, now, ticket, _needed(text, "Say in one line what does not work."))
    files = _files(arguments.attach, paths, reader)
    text = text if files else _needed(text, "There is nothing to send: write the reply on standard input.")
    return PostReply(name, now, TicketId(ticket), text, files)


def _needed(text: str, sentence: str) -> str:
    if not text:
        raise WrongUse(sentence)
    return text


def service_named(asked: str, known: Sequence[Service]) -> Service:
    """Find a service by id or name; what the desk never told of is left for the desk to judge.

    Raises `WrongUse` for one that is not among those known.
    """
    for service in known:
        if asked.casefold() in (service.id.casefold(), service.name.casefold()):
            return service
    if known:
        names = ", ".join(f"{service.id} ({service.name})" for service in known)
        raise WrongUse(f"There is no service “{asked}”. There are: {names}.")
    return Service(asked, asked)


def _fields(given: Sequence[str], service: Service) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    known = {field.id for field in service.fields}
    for pair in given:
        name, mark, value = pair.partition("=")
        if not mark:
            raise WrongUse(f"Write a field as name=value, not “{pair}”.")
        if service.name != service.id and name not in known:
            raise WrongUse(f"“{service.name}” has no field “{name}”.")
        fields.append((name, value))
    missing = [f.label for f in service.fields if f.required and f.id not in {name for name, _ in fields}]
    if missing:
        raise WrongUse(f"“{service.name}” needs: {', '.join(missing)}.")
    return tuple(fields)


def _files(given: Sequence[Path], paths: ProfilePaths, reader: Reader | None) -> tuple[LocalFile, ...]:
    limit = reader.attachment_limit() if reader is not None else 25 * 1024 * 1024
    return tuple(keep_outgoing(path, path.name, folder=paths.outgoing, limit=limit) for path in given)


def tell_sent(sent: ask.Sent, *, as_json: bool) -> int:
    """Tell what became of a command and give the exit status for it."""
    name = sent.number or sent.reference
    code, sentence = _outcome(sent, name)
    if as_json:
        write_json(
            SentReport(
                SCHEMA,
                sent.reference,
                sent.ticket or None,
                sent.number or None,
                sent.delivery,
                sent.reason or None,
                sent.kept_here,
            )
        )
    else:
        write(name)
    if code != exits.DONE or not as_json:
        complain(sentence)
    return code


def _outcome(sent: ask.Sent, name: str) -> tuple[int, str]:
    if sent.kept_here:
        return exits.DONE, "The desk has no place for this, so it is noted on this computer alone."
    if sent.delivery == "delivered":
        return exits.DONE, f"The desk has it: {name}."
    if sent.delivery == "rejected":
        return exits.REFUSED, f"The desk refused it: {sent.reason}"
    if sent.sign_in_needed:
        return exits.SIGN_IN, "It is kept and sent as soon as you sign in."
    # Without a reason no attempt has failed: the desk is at work on it, or it waits for its turn.
    reason = sent.reason or f"The desk has not answered in {WAIT:.0f} seconds."
    return exits.UNREACHABLE, f"{reason} It is kept and sent as soon as it can be."
