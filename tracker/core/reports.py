"""Writes values as reports, in English and in the reader's zone."""

from datetime import datetime, tzinfo

from tracker.core.arrangement_shapes import LedgerReport
from tracker.core.shapes import (
    ActorReport,
    AttachmentReport,
    EventReport,
    LineReport,
    ListedReport,
    NoticeReport,
    OverlayReport,
    PendingReport,
    PromiseReport,
)
from tracker.model.attachment import Attachment
from tracker.model.command import CreateTicket, Pending, Wish, text_of
from tracker.model.event import Event
from tracker.model.ledger import Ledger
from tracker.model.line import Line
from tracker.model.notice import Notice
from tracker.model.promise import Promise
from tracker.model.stages import NOT_SENT
from tracker.model.ticket import TicketId
from tracker.model.track import Overlay, Track
from tracker.model.wording import plain


class Speaker:
    """Writes values as reports, in English, for a reader in `zone` at `now`."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self._now = now
        self._zone = zone

    def say(self, line: Line) -> str:
        """Say a line."""
        return plain(line, now=self._now, zone=self._zone)

    def local(self, at: datetime) -> datetime:
        """Give a time with the reader's offset."""
        return at.astimezone(self._zone)

    def maybe(self, at: datetime | None) -> datetime | None:
        """Give a time with the reader's offset, if there is one."""
        return None if at is None else self.local(at)

    def line(self, line: Line) -> LineReport:
        """Write Now or Next."""
        since, by = self.maybe(line.since), self.maybe(line.by)
        return LineReport(self.say(line), since, by, line.actor, line.promise_id)

    def event(self, event: Event, title: str = "") -> EventReport:
        """Write a fact."""
        return EventReport(
            id=event.id,
            kind=event.kind,
            at=self.local(event.at),
            seen_at=self.maybe(event.seen_at),
            actor=ActorReport(event.actor.name, event.actor.kind),
            text=event.text,
            confidence=event.confidence,
            title=title,
            reason=event.details.reason,
        )

    def notice(self, notice: Notice) -> NoticeReport:
        """Write a notice."""
        return NoticeReport(
            id=notice.id,
            at=self.local(notice.at),
            notice_class=notice.notice_class,
            title=self.say(notice.title),
            body=self.say(notice.body),
            detail=self.say(notice.detail) if notice.detail else None,
            ticket=notice.ticket,
            buttons=tuple(notice.buttons),
            show=notice.show,
        )

    def pending(self, pending: Pending) -> PendingReport:
        """Write a command in the outbox."""
        command = pending.command
        return PendingReport(
            id=command.id,
            kind=_KINDS[type(command).__name__],
            wish=command.kind if isinstance(command, Wish) else None,
            ticket=command.ticket,
            subject=command.subject if isinstance(command, CreateTicket) else "",
            text=text_of(command),
            files=tuple(file.name for file in getattr(command, "files", ())),
            at=self.local(command.at),
            delivery=pending.delivery,
            attempts=pending.attempts,
            reason=pending.error,
        )

    def promise(self, promise: Promise) -> PromiseReport:
        """Write a promise."""
        return PromiseReport(
            id=promise.id,
            kind=promise.kind,
            earliest=self.maybe(promise.earliest),
            latest=self.local(promise.latest),
            state=promise.state,
            source=promise.source,
            reason=promise.reason,
            supersedes=promise.supersedes,
        )

    def overlay(self, overlay: Overlay) -> OverlayReport:
        """Write an exception."""
        return OverlayReport(
            kind=overlay.kind,
            text=self.say(overlay.chip),
            since=self.maybe(overlay.since),
            reason=overlay.reason,
            who_ends=self.say(overlay.who_ends) if overlay.who_ends else None,
            you_can=tuple(overlay.you_can),
        )

    def listed(self, track: Track, reference: TicketId | None) -> ListedReport:
        """Write a request as a row of the list."""
        ticket = track.ticket
        return ListedReport(
            id=ticket.id,
            number=ticket.number,
            reference=reference,
            subject=ticket.subject,
            stage=_stage(track),
            sub_state=track.sub_state,
            state=ticket.state,
            chip=self.say(track.chip),
            now=self.say(track.now),
            next=self.say(track.next),
            expected=self.maybe(track.expected),
            updated_at=self.local(ticket.updated_at),
        )


_KINDS = {
    "CreateTicket": "create",
    "PostReply": "reply",
    "ConfirmFixed": "confirm",
    "SayNotFixed": "not_fixed",
    "Wish": "wish",
    "StartChat": "start_chat",
    "SendMessage": "message",
    "EndChat": "end_chat",
}


def _stage(track: Track) -> str | None:
    return None if track.sub_state == NOT_SENT else track.stage.word


def ledger_report(counted: Ledger) -> LedgerReport:
    """Write how promises went."""
    return LedgerReport(counted.made, counted.moved, counted.kept, counted.missed)


def attachment_reports(attachments: tuple[Attachment, ...]) -> tuple[AttachmentReport, ...]:
    """Number the files of a request from 1, oldest first."""
    return tuple(
        AttachmentReport(number, a.id, a.name, a.size, a.mime)
        for number, a in enumerate(attachments, start=1)
    )
