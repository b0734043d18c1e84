"""What was already said and done about a request, read from its history."""

from datetime import datetime

from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import Promise, PromiseState
from tracker.model.track import Entry, EntryKind, Overlay, OverlayKind, Track

_YOUR_WORDS = frozenset({EventKind.REPLY, EventKind.ANSWER})


def overlay_of(track: Track, *kinds: OverlayKind) -> Overlay | None:
    """Give the most urgent of these exceptions that holds now."""
    return next((overlay for overlay in track.overlays if overlay.kind in kinds), None)


def told(track: Track, *kinds: EventKind, after: datetime | None = None) -> Entry | None:
    """Give the newest row about one of these events, if it happened after a moment."""
    for entry in track.entries:
        if entry.kind is EntryKind.EVENT and entry.event in kinds:
            return entry if after is None or entry.at > after else None
    return None


def you_wrote(track: Track, after: datetime) -> Entry | None:
    """Give the newest row with words of the person's own after a moment."""
    for entry in track.entries:
        if entry.event in _YOUR_WORDS and entry.actor is not None and entry.actor.kind is ActorKind.YOU:
            return entry if entry.at > after else None
    return None


def missed_promise(track: Track) -> Promise | None:
    """Give the promise that was missed and that nobody has made good."""
    overlay = overlay_of(track, OverlayKind.PROMISE_MISSED)
    if overlay is None:
        return None
    missed = [promise for promise in track.promises if promise.state is PromiseState.MISSED]
    return next((promise for promise in missed if promise.id == overlay.about), next(iter(missed), None))


def first_of(promise: Promise, promises: tuple[Promise, ...]) -> Promise:
    """Follow a promise that was moved back to the one it began as."""
    by_id = {known.id: known for known in promises}
    for _ in promises:
        before = by_id.get(promise.supersedes or "")
        if before is None:
            break
        promise = before
    return promise
