"""After a form: the page that is shown next, and on it the sentence about what was done."""

from starlette.responses import Response

from tracker.frontdesk.pages.rendering import see_other
from tracker.frontdesk.pages.visitor import DONE_COOKIE, HOME, Visitor

SAID_FOR = 60
"""Seconds for which the sentence about what was done waits to be shown."""


def go_on(visitor: Visitor, path: str, what: str) -> Response:
    """Show a page next; `what` names what was done, for the sentence about it."""
    answer = see_other(path)
    answer.set_cookie(
        DONE_COOKIE,
        what,
        path=HOME,
        max_age=SAID_FOR,
        httponly=True,
        samesite="strict",
        secure=visitor.request.url.scheme == "https",
    )
    return answer
