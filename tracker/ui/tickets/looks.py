"""Which colour and icon a request's state is drawn with."""

from tracker.model.promise import PromiseState
from tracker.model.stage import Milestone, Progress, Stage
from tracker.model.track import Overlay, OverlayKind, Track
from tracker.model.visit import VisitState
from tracker.ui.theme.tokens import Tone

_OVERLAY_TONES = {
    OverlayKind.SENDING_FAILED: Tone.LATE,
    OverlayKind.WAITING_FOR_YOU: Tone.WAIT,
    OverlayKind.VISIT_FAILED: Tone.LATE,
    OverlayKind.CALLBACK_MISSED: Tone.LATE,
    OverlayKind.PROMISE_MISSED: Tone.LATE,
    OverlayKind.CLOSED_UNHEARD: Tone.WARN,
    OverlayKind.POWERLESS: Tone.WARN,
    OverlayKind.PART_OF_OUTAGE: Tone.WARN,
    OverlayKind.DELAYED: Tone.WARN,
    OverlayKind.QUIET: Tone.WARN,
}
"""Every overlay that is not here is a plain fact, and grey."""

_OVERLAY_ICONS = {
    OverlayKind.SENDING_FAILED: "circle-alert",
    OverlayKind.WAITING_FOR_YOU: "circle-question-mark",
    OverlayKind.VISIT_FAILED: "circle-x",
    OverlayKind.CALLBACK_MISSED: "phone",
    OverlayKind.PROMISE_MISSED: "clock",
    OverlayKind.POWERLESS: "list",
    OverlayKind.NOT_SENT: "send",
    OverlayKind.DELAYED: "history",
    OverlayKind.QUIET: "bell-off",
    OverlayKind.HANDED_OVER: "users",
    OverlayKind.MERGED: "merge",
    OverlayKind.CANCELLED: "circle-x",
    OverlayKind.STALE: "wifi-off",
}
_STAGE_ICONS = {
    Stage.RECEIVED: "inbox",
    Stage.ASSIGNED: "user-check",
    Stage.WORKING: "wrench",
    Stage.VISIT: "calendar-check",
    Stage.FIXED: "circle-check",
    Stage.DONE: "thumbs-up",
}
_VISIT_ICONS = {VisitState.ON_THE_WAY.value: "truck", VisitState.ON_SITE.value: "map-pin"}


def chip_tone(track: Track) -> Tone:
    """Return the colour of the short state: the overlay's whose words the chip shows, else the stage's."""
    overlay = _shown_overlay(track)
    if overlay is not None:
        return Tone.NEUTRAL if overlay.calm else _OVERLAY_TONES.get(overlay.kind, Tone.NEUTRAL)
    on_time = track.stage is Stage.WORKING and any(p.state is PromiseState.OPEN for p in track.promises)
    return Tone.OK if on_time or track.stage >= Stage.FIXED else Tone.ACCENT


def chip_icon(track: Track) -> str:
    """Return the icon that says the same as the chip's words."""
    overlay = _shown_overlay(track)
    if overlay is not None:
        return _OVERLAY_ICONS.get(overlay.kind, "hourglass")
    return stage_icon(track.stage, track.sub_state)


def stage_icon(stage: Stage, sub_state: str | None = None) -> str:
    """Return the icon of a node of the bar."""
    if stage is Stage.VISIT and sub_state in _VISIT_ICONS:
        return _VISIT_ICONS[sub_state]
    return _STAGE_ICONS[stage]


def reached(milestones: tuple[Milestone, ...]) -> float:
    """Return how far along the bar a request is: whole nodes done, and a half for the one it is at."""
    done = sum(1 for node in milestones if node.progress is Progress.DONE)
    return done + (0.5 if any(node.progress is Progress.NOW for node in milestones) else 0.0)


def _shown_overlay(track: Track) -> Overlay | None:
    return next((overlay for overlay in track.overlays if overlay.chip == track.chip), None)
