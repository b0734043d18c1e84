"""What a person writes: drafts, and commands on their way to the outbox and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tracker.model.change import Change
from tracker.model.command import (
    Command,
    CommandId,
    ConfirmFixed,
    CreateTicket,
    Delivery,
    EndChat,
    Pending,
    PostReply,
    SendMessage,
    StartChat,
    Wish,
    files_of,
)
from tracker.model.draft import NEW_REQUEST, Draft, chat_draft
from tracker.model.errors import CommandRejected
from tracker.model.ticket import Ticket, TicketId
from tracker.model.wish import ABOUT_VISIT
from tracker.store.drafts import Drafts
from tracker.store.outbox import Outbox
from tracker.store.twins import twin_of
from tracker.sync.lanes import Lanes
from tracker.sync.workplace import Workplace

_MAYBE_SENT = (Delivery.UNSURE, Delivery.DELIVERED)


class Letters:
    """Used on the sync thread; when a method returns, what it did is on disk. Raises `StoreError`.

    `known` gives requests as stored.
    """

    def __init__(
        self,
        outbox: Outbox,
        drafts: Drafts,
        lanes: Lanes,
        place: Workplace,
        *,
        known: Callable[[Sequence[TicketId]], Mapping[TicketId, Ticket]],
    ) -> None:
        self._outbox = outbox
        self._known = known
        self._drafts = drafts
        self._lanes = lanes
        self._publisher = place.publisher
        self._time = place.time
        self._checkpoint = place.checkpoint

    def submit(self, command: Command) -> CommandId:
        """Put a command in the outbox; the same one twice is one. Gives the id it is under.

        A word that says the same as one on its way, such as "Yes, it works" from a notice and from the
        window, is that one.
        """
        command = self._as_seen(command)
        twin = twin_of(command, self._outbox)
        if twin is not None:
            self._lanes.wake()
            return twin
        self._checkpoint("submit.before_write")
        change = self._outbox.add(command)
        self._checkpoint("submit.after_write")
        self._tell(change)
        self._lanes.wake()
        return command.id

    def retry(self, command: CommandId | None = None) -> None:
        """Send a refused command again, or hurry everything that waits."""
        pending = self._outbox.get(command) if command else None
        if command is not None and pending is not None and pending.delivery is Delivery.REJECTED:
            self._tell(self._outbox.mark_queued(command))
        self._lanes.hurry()

    def discard(self, command: CommandId) -> bool:
        """Forget a command, and what was written on a request that it was to raise.

        False for one that may have arrived: it is looked up first.
        """
        pending = self._outbox.get(command)
        if pending is None:
            return True
        if pending.delivery in _MAYBE_SENT:
            self._lanes.hurry()
            return False
        self._tell(self._outbox.remove([one.command.id for one in self._with_what_waits(pending)]))
        return True

    def edit(self, command: CommandId) -> Draft | None:
        """Take an unsent command back into a draft; None for one that may have arrived.

        What was typed there meanwhile stays. Raises `CommandRejected` when another new request is being
        written: two cannot be in one form.
        """
        pending = self._outbox.get(command)
        if pending is None or pending.delivery in _MAYBE_SENT:
            return None
        letters = self._with_what_waits(pending)
        draft = self._joined(letters)
        change = self._outbox.remove([one.command.id for one in letters], draft)
        self._tell(change)
        return draft

    def save_draft(self, draft: Draft) -> None:
        """Keep what is being typed; an empty draft is forgotten."""
        self._publisher.add(self._drafts.save(draft, self._time.now()))

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        self._publisher.add(self._drafts.drop(key))

    def _as_seen(self, command: Command) -> Command:
        """Note on an answer to a visit which window it answers: the one known here, unless it says so."""
        if not isinstance(command, Wish) or command.kind not in ABOUT_VISIT or command.seen is not None:
            return command
        ticket = self._outbox.resolve(command.ticket)
        known = self._known((ticket,)).get(ticket)
        visit = known.visit if known is not None else None
        return command if visit is None else replace(command, seen=visit.starts)

    def _with_what_waits(self, pending: Pending) -> tuple[Pending, ...]:
        """Add to a request that was never sent what was written on it: it has no other home."""
        if not isinstance(pending.command, CreateTicket):
            return (pending,)
        return (pending, *self._outbox.waiting_on(pending.command.id))

    def _joined(self, letters: tuple[Pending, ...]) -> Draft | None:
        first = _draft_of(letters[0])
        if first is None:
            return None
        there = self._drafts.get(first.key)
        if there is not None and not there.is_empty and first.key == NEW_REQUEST:
            raise CommandRejected("You are writing another new request. Send it or clear it first.")
        later = [draft for letter in letters[1:] if (draft := _draft_of(letter)) is not None]
        parts = [first, *later, *([there] if there is not None else [])]
        return replace(
            first,
            text="\n\n".join(dict.fromkeys(part.text for part in parts if part.text.strip())),
            files=tuple(dict.fromkeys(file for part in parts for file in part.files)),
            saved_at=self._time.now(),
        )

    def _tell(self, change: Change) -> None:
        self._publisher.add(change)
        self._publisher.flush()


def _draft_of(pending: Pending) -> Draft | None:
    command, reason = pending.command, pending.error
    if isinstance(command, ConfirmFixed) or (isinstance(command, Wish) and not command.text.strip()):
        return None  # it was one click, and is one again
    if isinstance(command, EndChat):
        return None
    if isinstance(command, StartChat | SendMessage):
        return Draft(chat_draft(command.ticket), command.text, files=files_of(command), reason=reason)
    if isinstance(command, CreateTicket):
        return Draft(
            NEW_REQUEST,
            command.text,
            subject=command.subject,
            service=command.service,
            fields=command.fields,
            files=command.files,
            reason=reason,
        )
    files = command.files if isinstance(command, PostReply) else ()
    return Draft(command.ticket, command.text, files=files, reason=reason)
