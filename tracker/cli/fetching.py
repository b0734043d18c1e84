"""attachment, outbox retry and discard: single things asked of whoever holds the profile."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.cli.looking import with_request
from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, write
from tracker.cli.writing import tell_sent
from tracker.core import exits
from tracker.core import questions as ask
from tracker.host.paths import ProfilePaths
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader


def save_attachment(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Fetch a file of a request and save it under exactly the name that was asked for."""
    target: Path = arguments.to
    if target.exists():
        raise WrongUse(f"{target} is there already. Choose another name.")
    if not target.absolute().parent.is_dir():
        raise WrongUse(f"There is no folder {target.absolute().parent}.")

    def save(reader: Reader, ticket: TicketId) -> int:
        attachments = reader.attachments(ticket)
        if not 1 <= arguments.number <= len(attachments):
            complain(
                f"This request has {len(attachments)} files; number {arguments.number} is not among them."
            )
            return exits.REFUSED
        chosen = attachments[arguments.number - 1]
        # Beside its target, so that the last step is a rename that cannot fail half-way.
        with TemporaryDirectory(dir=target.absolute().parent) as folder, Office(paths) as office:
            answer = office.answer(ask.Download(ticket, chosen, folder))
            if not isinstance(answer, ask.Saved):
                return failed(answer)
            Path(answer.path).rename(target)
        write(str(target))
        return exits.DONE

    return with_request(arguments.ref, paths, save)


def change_outbox(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Send something in the outbox again, or discard it."""
    if not arguments.id:
        raise WrongUse(f"Say which one: tracker outbox {arguments.do} ID")
    question = ask.Retry(arguments.id) if arguments.do == "retry" else ask.Discard(arguments.id)
    with Office(paths) as office:
        answer = office.answer(question)
    if isinstance(answer, ask.Sent):
        return tell_sent(answer, as_json=arguments.json)
    return exits.DONE if isinstance(answer, ask.Done) else failed(answer)
