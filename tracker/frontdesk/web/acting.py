"""From a rule to the work of a call: the rule is applied to the ticket the path names."""

from collections.abc import Callable

from tracker.frontdesk import carrying_out
from tracker.frontdesk.carrying_out import Carried
from tracker.frontdesk.refusals import Code
from tracker.frontdesk.requests import Body, Explanation, Message
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.web.route import BodyT, Call, NoQuery

COMMANDED: tuple[Code, ...] = (
    "not_allowed",
    "not_found",
    "not_now",
    "key_reused",
    "too_large",
    "wrong_type",
    "no_space",
)
"""What a command may be refused for, besides what any call may."""


def acting(
    rule: Callable[[Move, BodyT], None], files: Callable[[BodyT], tuple[str, ...]]
) -> Callable[[Call[BodyT, NoQuery]], Carried]:
    """Make the work of a call that applies a rule to one ticket; `files` names the files sent along."""

    def work(call: Call[BodyT, NoQuery]) -> Carried:
        def apply(move: Move) -> None:
            rule(move, call.body)

        number = call.path["number"]
        return carrying_out.act(call.desk, call.order, number, apply, files=files(call.body))

    return work


def acting_on_promise(
    rule: Callable[[Move, str, BodyT], None],
) -> Callable[[Call[BodyT, NoQuery]], Carried]:
    """Make the work of a call that applies a rule to one promise of a ticket."""

    def work(call: Call[BodyT, NoQuery]) -> Carried:
        def apply(move: Move) -> None:
            rule(move, call.path["promise"], call.body)

        return carrying_out.act(call.desk, call.order, call.path["number"], apply)

    return work


def no_files(_body: Body) -> tuple[str, ...]:
    """Give the files of a body that has none."""
    return ()


def sent_files(body: Message | Explanation) -> tuple[str, ...]:
    """Give the files of a message."""
    return body.attachments
