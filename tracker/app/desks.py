"""The kinds of desk that can be chosen at sign-in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.host.policy.policy import NO_POLICY
from tracker.ui.accounts.form import DeskOption, SecretKind

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy


def desk_options(policy: Policy = NO_POLICY) -> tuple[DeskOption, ...]:
    """List what this program can sign in to, by the names people know; IT's desk first, or alone."""
    say = QCoreApplication.translate
    every = (
        DeskOption("frontdesk", say("Desks", "Front desk (comes with Tracker)")),
        DeskOption("rt", say("Desks", "Request Tracker 5"), secrets=(SecretKind.PASSWORD, SecretKind.TOKEN)),
    )
    return _with_method(_as_set(every, policy), policy) if policy.given else every


def _with_method(options: tuple[DeskOption, ...], policy: Policy) -> tuple[DeskOption, ...]:
    """Ask for what IT wants as proof alone; with the company's provider nothing is typed."""
    from tracker.host.policy import keys

    method = policy.value(keys.METHOD)
    if method is keys.SignInMethod.ANY:
        return options
    return tuple(
        replace(option, secrets=tuple(kind for kind in option.secrets if kind.value == method.value))
        for option in options
    )


def _as_set(every: tuple[DeskOption, ...], policy: Policy) -> tuple[DeskOption, ...]:
    """Put the desk that IT has set first, with its address; what IT locks cannot be changed."""
    from tracker.host.policy import keys

    if not (policy.sets(keys.DESK_KIND) or policy.sets(keys.DESK_URL)):
        return every
    url, fixed = policy.value(keys.DESK_URL), policy.locks(keys.DESK_URL)
    meant = [
        replace(option, url=url, fixed=fixed)
        for option in every
        if option.kind == policy.value(keys.DESK_KIND)
    ]
    if policy.locks(keys.DESK_KIND) or fixed:  # an address is one of a certain desk
        return tuple(meant)
    return (*meant, *(option for option in every if option.kind != policy.value(keys.DESK_KIND)))
