"""The two small lines of the panel: how the connection is, and how many requests there are."""

from PySide6.QtCore import QCoreApplication

from tracker.model.health import Condition, Health
from tracker.model.listing import Counts
from tracker.ui.wording import Wording


def state_words(health: Health, wording: Wording) -> str:
    """Say how the connection is; while it is broken also as of when the figures are right."""
    words = {
        Condition.OK: _tr("live") if health.push else _tr("up to date"),
        Condition.SYNCING: _tr("updating"),
        Condition.OFFLINE: _tr("not connected"),
        Condition.SIGN_IN_NEEDED: _tr("sign in again"),
        Condition.BROKEN: _tr("needs attention"),
    }[health.condition]
    if health.condition >= Condition.OFFLINE and health.as_of is not None:
        return _tr("{state} · as of {time}").format(state=words, time=wording.when(health.as_of))
    return words


def count_words(counts: Counts, wording: Wording) -> str:
    """Say how many are open and what they wait for."""
    said = [_tr("{count} open").format(count=wording.number(counts.open))]
    if counts.waiting_for_me:
        said.append(_tr("{count} waiting for you").format(count=wording.number(counts.waiting_for_me)))
    if counts.fixed:
        alone = not counts.waiting_for_me
        words = _tr("{count} fixed, tell us if it really is") if alone else _tr("{count} to check")
        said.append(words.format(count=wording.number(counts.fixed)))
    return " · ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrayPanel", text)
