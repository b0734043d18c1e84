"""Promises in words: how each stands and why, and how those of a request, or of all, were kept."""

from PySide6.QtCore import QCoreApplication

from tracker.model.ledger import Ledger
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.widgets.key_values import PromiseLine
from tracker.ui.wording import Wording

_KINDS = {
    PromiseKind.FIRST_REPLY: "First reply by {time}",
    PromiseKind.NEXT_UPDATE: "Update by {time}",
    PromiseKind.FIX: "Fixed by {time}",
    PromiseKind.VISIT: "Visit by {time}",
    PromiseKind.CALLBACK: "Call by {time}",
}
_STATES = {
    PromiseState.OPEN: ("open", Tone.NEUTRAL, "clock"),
    PromiseState.NEARING: ("soon", Tone.NEUTRAL, "clock"),
    PromiseState.PAUSED: ("paused", Tone.WAIT, "pause"),
    PromiseState.OVERDUE: ("late", Tone.LATE, "clock"),
    PromiseState.KEPT: ("kept", Tone.OK, "circle-check"),
    PromiseState.MISSED: ("missed", Tone.LATE, "circle-x"),
    PromiseState.MOVED: ("moved", Tone.WARN, "history"),
    PromiseState.WITHDRAWN: ("taken back", Tone.NEUTRAL, "circle-x"),
}


def promise_lines(promises: tuple[Promise, ...], wording: Wording) -> tuple[PromiseLine, ...]:
    """Put promises and what became of them into words; a moved one names the new date and why."""
    heirs = {promise.supersedes: promise for promise in promises if promise.supersedes}
    return tuple(_line(promise, heirs.get(promise.id), wording) for promise in promises)


def _line(promise: Promise, heir: Promise | None, wording: Wording) -> PromiseLine:
    told = _tr(_KINDS[promise.kind]).format(time=wording.when(promise.latest))
    state, tone, icon = _STATES[promise.state]
    return PromiseLine(told, _tr(state), tone, icon, _note(promise, heir, wording))


def _note(promise: Promise, heir: Promise | None, wording: Wording) -> str:
    if promise.state is PromiseState.PAUSED:
        return _tr("The clock stands still while it waits for you.")
    if promise.state not in (PromiseState.MOVED, PromiseState.MISSED) or heir is None:
        return ""
    why = breakable(one_line(heir.reason or promise.reason or "", 200))
    moved = _tr("Moved to {time}.").format(time=wording.when(heir.latest))
    return f"{moved} {_tr('Why: {reason}').format(reason=why) if why else _tr('No reason was given.')}"


def ledger_words(counted: Ledger, wording: Wording, *, to_you: bool = False) -> str:
    """Say how promises went: "IT kept 12 of 14 promises; 1 was moved, 1 was missed", "" with none to count.

    Those that are still open, and those taken back, have not gone either way.
    """
    settled = counted.kept + counted.moved + counted.missed
    if not settled:
        return ""
    number = wording.number
    kept = _tr("IT kept {kept} of {count} promises") if settled > 1 else _tr("IT kept {kept} of 1 promise")
    whose = _tr("{words} to you").format(words=kept) if to_you else kept
    said = whose.format(kept=number(counted.kept), count=number(settled))
    parts = []
    if counted.moved:
        moved = _tr("{count} was moved") if counted.moved == 1 else _tr("{count} were moved")
        parts.append(moved.format(count=number(counted.moved)))
    if counted.missed:
        missed = _tr("{count} was missed") if counted.missed == 1 else _tr("{count} were missed")
        parts.append(missed.format(count=number(counted.missed)))
    return f"{said}; {', '.join(parts)}" if parts else said


def moved_words(promises: tuple[Promise, ...], wording: Wording) -> str:
    """Say how often the date of the fix was moved and what it was at first; "" if it never was."""
    by_id = {promise.id: promise for promise in promises}
    walk = next((p for p in promises if p.kind is PromiseKind.FIX and p.supersedes in by_id), None)
    first, moves = walk, 0
    while first is not None and first.supersedes in by_id and moves < len(promises):
        first, moves = by_id[first.supersedes or ""], moves + 1
    if first is None or not moves:
        return ""
    words = (
        _tr("moved once · original {time}") if moves == 1 else _tr("moved {count} times · original {time}")
    )
    return words.format(count=wording.number(moves), time=wording.when(first.latest))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PromiseWords", text)
