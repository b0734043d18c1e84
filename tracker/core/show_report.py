"""One request in full, as `tracker show --json` tells it."""

from datetime import datetime

from tracker.core.arrangement_shapes import CallReport, OptionReport, VisitReport, WindowReport
from tracker.core.reports import Speaker, attachment_reports, ledger_report
from tracker.core.shapes import (
    SCHEMA,
    ActorReport,
    EventReport,
    ShowReport,
    StageReport,
    TicketReport,
)
from tracker.model.attachment import Attachment
from tracker.model.call import Call
from tracker.model.event import Event
from tracker.model.ledger import ledger
from tracker.model.person import ActorKind
from tracker.model.stages import NOT_SENT
from tracker.model.ticket import Ticket, TicketId
from tracker.model.track import Entry, EntryKind, Track
from tracker.model.visit import Visit


def show_report(
    track: Track,
    events: tuple[Event, ...],
    attachments: tuple[Attachment, ...],
    *,
    reference: TicketId | None,
    as_of: datetime | None,
    speaker: Speaker,
) -> ShowReport:
    """Write everything that is known of a request; events oldest first, what is on its way last."""
    return ShowReport(
        schema=SCHEMA,
        ticket=_ticket(track.ticket, reference, speaker),
        stage=None if track.sub_state == NOT_SENT else track.stage.word,
        sub_state=track.sub_state,
        overlays=tuple(speaker.overlay(overlay) for overlay in track.overlays),
        now=speaker.line(track.now),
        next=speaker.line(track.next),
        you_can=tuple(track.you_can),
        stages=tuple(
            StageReport(m.stage.word, speaker.say(m.label), m.progress, speaker.maybe(m.at))
            for m in track.milestones
        ),
        events=_events(track, events, speaker),
        promises=tuple(speaker.promise(promise) for promise in track.promises),
        visit=None if track.visit is None else _visit(track.visit, speaker),
        call=None if track.call is None else _call(track.call, speaker),
        options=tuple(OptionReport(o.id, o.kind, o.label, o.text) for o in track.ticket.options),
        ledger=ledger_report(ledger(track.promises)),
        attachments=attachment_reports(attachments),
        as_of=speaker.maybe(as_of),
    )


def _events(track: Track, events: tuple[Event, ...], speaker: Speaker) -> tuple[EventReport, ...]:
    titles = {entry.id: speaker.say(entry.title) for entry in track.entries}
    told = [speaker.event(event, titles.get(event.id, "")) for event in events]
    waiting = [e for e in reversed(track.entries) if e.kind is EntryKind.PENDING]
    return (*told, *(_pending(entry, speaker) for entry in waiting))


def _pending(entry: Entry, speaker: Speaker) -> EventReport:
    return EventReport(
        id=entry.id,
        kind="reply",
        at=speaker.local(entry.at),
        seen_at=None,
        actor=ActorReport("", ActorKind.YOU),
        text=entry.text,
        confidence=entry.confidence,
        title=speaker.say(entry.title),
        reason=entry.error,
        delivery=entry.delivery,
    )


def _ticket(ticket: Ticket, reference: TicketId | None, speaker: Speaker) -> TicketReport:
    return TicketReport(
        id=ticket.id,
        number=ticket.number,
        reference=reference,
        subject=ticket.subject,
        service=ticket.service,
        state=ticket.state,
        state_word=ticket.state_word,
        priority=ticket.priority,
        team=ticket.team,
        owner=ticket.owner.name if ticket.owner else None,
        requester=ticket.requester,
        created_at=speaker.local(ticket.created_at),
        updated_at=speaker.local(ticket.updated_at),
        url=ticket.url,
        merged_into=ticket.merged_into,
        rating=ticket.rating,
        state_reason=ticket.state_reason,
        state_until=speaker.maybe(ticket.state_until),
        waiting_for=ticket.waiting_for,
        meanwhile=ticket.meanwhile,
        may=tuple(sorted(ticket.may)),
    )


def _visit(visit: Visit, speaker: Speaker) -> VisitReport:
    return VisitReport(
        id=visit.id,
        state=visit.state,
        starts=speaker.local(visit.starts),
        ends=speaker.maybe(visit.ends),
        place=visit.place,
        agent=visit.agent,
        eta_earliest=speaker.maybe(visit.eta_earliest),
        eta_latest=speaker.maybe(visit.eta_latest),
        zone=visit.zone,
        directions=visit.directions,
        prepare=visit.prepare,
        confirmed=visit.confirmed,
    )


def _call(call: Call, speaker: Speaker) -> CallReport:
    return CallReport(
        id=call.id,
        state=call.state,
        asked_at=speaker.local(call.asked_at),
        phone=call.phone,
        windows=tuple(WindowReport(speaker.local(w.starts), speaker.local(w.ends)) for w in call.windows),
        starts=speaker.maybe(call.starts),
        ends=speaker.maybe(call.ends),
        agent=call.agent,
        tries=call.tries,
    )
