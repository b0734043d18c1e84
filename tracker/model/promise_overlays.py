"""What holds of promises and silence: missed, put off, no news; calm once the requester has spoken."""

from collections.abc import Iterator, Mapping

from tracker.model.line import Line, line
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.standing import Standing
from tracker.model.ticket import Act
from tracker.model.track import Overlay, OverlayKind

_OVERDUE = {
    PromiseKind.FIRST_REPLY: line("Reply overdue"),
    PromiseKind.NEXT_UPDATE: line("Update overdue"),
    PromiseKind.FIX: line("Fix overdue"),
    PromiseKind.VISIT: line("Visit overdue"),
    PromiseKind.CALLBACK: line("Call overdue"),
}
_CAN_WAIT = line("Late, it can wait")
_AN_ANSWER = line("IT, with an answer")


def about_promises(stands: Standing) -> Iterator[Overlay]:
    """Tell a miss that nobody has made good, a delay, a silence longer than usual."""
    missed, aimed = stands.missed, stands.aimed
    if missed is not None and not _told_by_call(stands, missed):
        yield _missed(stands, missed)
    by_id = {promise.id: promise for promise in stands.promises}
    for promise in stands.live:
        if _is_delay(promise, by_id):
            yield Overlay(
                OverlayKind.DELAYED,
                line("Delayed"),
                promise.made_at,
                promise.reason,
                line("IT, by keeping the new date"),
                _ask(stands),
                detail=asked_detail(stands),
                about=promise.id,
            )
            break
    if missed is None and aimed is not None and stands.clock.now >= aimed.latest:
        yield Overlay(
            OverlayKind.QUIET,
            line("No news"),
            aimed.made_at,
            None,
            _AN_ANSWER,
            _ask(stands),
            detail=asked_detail(stands),
        )


def asked_detail(stands: Standing) -> Line | None:
    """Say that the requester has asked for news, while that is not answered."""
    asked = stands.news_asked
    return None if asked is None else line("You asked for news {time}", time=asked).resting_on(since=asked)


def _missed(stands: Standing, missed: Promise) -> Overlay:
    calm = stands.can_wait
    acts = [*_ask(stands)]
    if stands.call is None or not stands.call.is_ahead:
        acts.append(Act.ASK_FOR_CALL)
    if not calm:
        acts.append(Act.LET_WAIT)
    return Overlay(
        OverlayKind.PROMISE_MISSED,
        _CAN_WAIT if calm else _OVERDUE[missed.kind],
        missed.latest,
        missed.reason,
        _AN_ANSWER,
        tuple(acts),
        detail=asked_detail(stands) or (line("You said that it can wait") if calm else None),
        calm=calm,
        about=missed.id,
    )


def _ask(stands: Standing) -> tuple[Act, ...]:
    return (Act.ASK_FOR_NEWS,) if stands.news_asked is None else ()


def _told_by_call(stands: Standing, missed: Promise) -> bool:
    """Say whether the call itself tells that the promise of it was missed."""
    return missed.kind is PromiseKind.CALLBACK and stands.call_missed is not None


def _is_delay(promise: Promise, by_id: Mapping[str, Promise]) -> bool:
    """Say whether a promise put off an earlier one: no follow-up of one that was kept, no good news."""
    if promise.supersedes is None:
        return False
    before = by_id.get(promise.supersedes)
    return before is None or (before.state is not PromiseState.KEPT and promise.latest > before.latest)
