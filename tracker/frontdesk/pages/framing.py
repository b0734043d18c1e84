"""A page with everything around it: the queue at its side, and what was just done said once on top."""

from starlette.responses import Response

from tracker.frontdesk.pages.chat_words import CHAT_DONE
from tracker.frontdesk.pages.deeds import all_deeds
from tracker.frontdesk.pages.frame import frame, new_key
from tracker.frontdesk.pages.queue_rows import STATES
from tracker.frontdesk.pages.visitor import DONE_COOKIE, HOME, Visitor

AGAIN = "It was done already, so nothing was done twice. "


def framed_page(
    visitor: Visitor, template: str, *, title: str, here: str = "", status: int = 200, **shown: object
) -> Response:
    """Make a page with everything around it; what was just done is said once.

    `here` is the page's own address, where it was not asked for under it.
    """
    answer = visitor.press.page(
        template,
        time=visitor.time,
        status=status,
        title=title,
        frame=frame(visitor),
        desk_name=visitor.desk.settings.name,
        me=visitor.session.user,
        token=visitor.session.form_token,
        new_key=new_key,
        states=STATES,
        here=here or visitor.request.url.path,
        done=_just_done(visitor) if status < 400 else "",
        **shown,
    )
    answer.delete_cookie(DONE_COOKIE, path=HOME)
    return answer


def _just_done(visitor: Visitor) -> str:
    """Say what the last form did, from the cookie it left."""
    name, _, rest = visitor.request.cookies.get(DONE_COOKIE, "").partition(".")
    again, _, number = rest.partition(".")
    deed = all_deeds().get(name)
    said = deed.done if deed is not None else CHAT_DONE.get(name, "")
    if not said or not number.isascii() or not number.replace("-", "").isalnum():
        return ""
    return (AGAIN if again == "again" else "") + said.format(number=number)
