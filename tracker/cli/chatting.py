"""chat: begin or go on with a chat, print it as it comes, send what is typed."""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from tracker.cli.chat_printing import Printing
from tracker.cli.chat_words import offer_words
from tracker.cli.following import Following
from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, write
from tracker.cli.writing import WAIT, service_named, tell_sent
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.reading import local_zone, open_reader
from tracker.host.paths import ProfilePaths
from tracker.model.chat import Chat
from tracker.model.command import (
    Command,
    CreateTicket,
    EndChat,
    PostReply,
    SendMessage,
    StartChat,
    new_command_id,
)
from tracker.model.ticket import TicketId
from tracker.store.codec import kind_of
from tracker.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: the request, here already or to be raised, the first words, the chat as it stands."""

    ticket: TicketId
    text: str
    create: CreateTicket | None = None
    chat: Chat | None = None

    @property
    def goes_on(self) -> bool:
        """True where there is a chat to go on with."""
        return self.chat is not None and self.chat.is_active

    @property
    def before(self) -> str:
        """The session that is over already, if there is one."""
        return "" if self.chat is None or self.chat.is_active else self.chat.session


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Chat until it ends, or until the person leaves it; give the exit status."""
    with Office(paths) as office:
        reader = open_reader(paths)
        try:
            wanted = _wanted(arguments, reader)
        finally:
            if reader is not None:
                reader.close()
        if wanted is None:
            complain(f"There is no request “{arguments.words[0]}” here. “tracker sync” fetches what is new.")
            return exits.REFUSED
        if arguments.end:
            return _end(wanted, office, as_json=arguments.json)
        code = _begin(wanted, office, arguments)
        if code is not None:
            return code
        printing = Printing(wanted.ticket, before=wanted.before, as_json=arguments.json)
        return Following(office, paths, wanted.ticket, printing).run()


def submit(office: Office, command: Command, *, wait: float) -> ask.Answer:
    """Put a command on its way and wait a little for the desk."""
    raw = msgspec.Raw(msgspec.json.encode(command))
    return office.answer(ask.Submit(kind_of(command), raw, wait))


def _wanted(arguments: argparse.Namespace, reader: Reader | None) -> Wanted | None:
    """Read what was typed; None where the request is not here. Raises `WrongUse`."""
    words = list(arguments.words)
    if arguments.new is not None:
        service, mark, subject = arguments.new.partition("/")
        text = " ".join(words).strip()
        if arguments.end:
            raise WrongUse("A chat that does not exist yet cannot be ended: name a request.")
        if not mark or not subject.strip() or not text:
            raise WrongUse("Write what it is about: --new SERVICE/SUBJECT TEXT.")
        known = service_named(service.strip(), () if reader is None else reader.services())
        create = CreateTicket(new_command_id(), datetime.now(UTC), known.id, subject.strip(), text)
        return Wanted(create.ticket, text, create)
    if not words:
        raise WrongUse("Name a request to chat on, or begin one with --new SERVICE/SUBJECT TEXT.")
    ticket = reader.find(words[0]) if reader is not None else None
    if ticket is None or reader is None:
        return None
    return Wanted(ticket, " ".join(words[1:]).strip(), chat=reader.talks.chat(ticket))


def _begin(wanted: Wanted, office: Office, arguments: argparse.Namespace) -> int | None:
    """Begin or go on; an exit status where that did not work."""
    now = datetime.now(UTC)
    if wanted.goes_on:
        if not wanted.text:
            return None
        sent = submit(office, SendMessage(new_command_id(), now, wanted.ticket, wanted.text), wait=WAIT)
        return _trouble(sent, as_json=arguments.json)
    code = _nobody_there(wanted, office, arguments)
    if code is not None:
        return code
    words = wanted.text
    if wanted.create is not None:
        raised = _trouble(submit(office, wanted.create, wait=WAIT), as_json=arguments.json)
        if raised is not None:
            return raised
        words = ""  # the request's own text says what it is about
    begun = submit(office, StartChat(new_command_id(), now, wanted.ticket, words), wait=WAIT)
    if isinstance(begun, ask.Sent) and begun.number and not arguments.json:
        write(f"Chat on {begun.number}. Each line you type is a message; Ctrl+C leaves the chat going.")
    return _trouble(begun, as_json=arguments.json)


def _nobody_there(wanted: Wanted, office: Office, arguments: argparse.Namespace) -> int | None:
    """Ask whether somebody would answer; where nobody would, say so and send it otherwise if wished."""
    offer = office.answer(ask.OfferOfChat())
    if isinstance(offer, ask.ChatOffered):
        if offer.state == "open":
            return None
        sentence = offer_words(offer, datetime.now(local_zone()), local_zone())
    elif isinstance(offer, ask.Failed) and offer.code == exits.REFUSED:
        sentence = offer.sentence
    else:
        return failed(offer)
    complain(sentence)
    if not arguments.request:
        complain("With --request the same text goes as a request, or as a reply, instead.")
        return exits.REFUSED
    if wanted.create is None and not wanted.text:
        raise WrongUse("There is nothing to send: write the text behind the request.")
    instead: Command = wanted.create or PostReply(
        new_command_id(), datetime.now(UTC), wanted.ticket, wanted.text
    )
    answer = submit(office, instead, wait=WAIT)
    return tell_sent(answer, as_json=arguments.json) if isinstance(answer, ask.Sent) else failed(answer)


def _end(wanted: Wanted, office: Office, *, as_json: bool) -> int:
    if not wanted.goes_on:
        complain("There is no chat on this request to end.")
        return exits.REFUSED
    answer = submit(office, EndChat(new_command_id(), datetime.now(UTC), wanted.ticket), wait=WAIT)
    return tell_sent(answer, as_json=as_json) if isinstance(answer, ask.Sent) else failed(answer)


def _trouble(answer: ask.Answer, *, as_json: bool) -> int | None:
    """Give the exit status of what did not reach the desk; None for what did."""
    if not isinstance(answer, ask.Sent):
        return failed(answer)
    return None if answer.delivery == "delivered" else tell_sent(answer, as_json=as_json)
