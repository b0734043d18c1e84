"""Calls of agents who take chats: whether they do, and the words they often need."""

from tracker.frontdesk import attendance, chatting
from tracker.frontdesk.answers import Attending, CannedAnswers
from tracker.frontdesk.requests import SetAvailable
from tracker.frontdesk.web.route import Keeping, NoQuery, Reading, Route, Spec

PATH = "/me/chat"


def attending_routes() -> tuple[Route, ...]:
    """List the calls of this file."""
    asking = Spec("GET", PATH, "Whether I take chats, and how many I am in", Attending, access="agent")
    setting = Spec(
        "PUT",
        PATH,
        "Take chats, or no more",
        Attending,
        body=SetAvailable,
        access="agent",
        refusals=("no_space",),
    )
    canned = Spec("GET", "/chat/canned", "Words that agents often need", CannedAnswers, access="agent")
    return (
        Reading(asking, NoQuery, lambda call: attendance.attending(call.desk, call.caller.user)),
        Keeping(
            setting,
            SetAvailable,
            lambda call: attendance.set_available(call.desk, call.caller.user, available=call.body.available),
        ),
        Reading(canned, NoQuery, lambda call: chatting.canned(call.desk)),
    )
