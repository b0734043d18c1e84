"""What the forms of chats do: through the same functions as the API, once for each form."""

from collections.abc import Callable, Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk import chatting
from tracker.frontdesk.attendance import set_available
from tracker.frontdesk.carrying_out import Carried, Order, fingerprint
from tracker.frontdesk.pages.chat_page import Kept, chats_page
from tracker.frontdesk.pages.chat_state import CHATS
from tracker.frontdesk.pages.forms import Form
from tracker.frontdesk.pages.going_on import go_on
from tracker.frontdesk.pages.rendering import GUARDED, see_other
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.requests import Body, EditMessage, HandOver, Nothing

FAULTS = ("not_found", "desk_broken")
"""What is said on a page of its own, since no other can be shown."""

Deed = Callable[[Visitor, Form, str], Carried]


def do_chat(visitor: Visitor, form: Form) -> Response:
    """Do what the address names, and show the conversation again: with what was done, or with why not."""
    number, name = visitor.request.path_params["number"], visitor.request.path_params["deed"]
    deed = DEEDS.get(name)
    if deed is None:
        raise not_found("That page")
    try:
        carried = deed(visitor, form, number)
    except Refused as refused:
        if refused.code in FAULTS:
            raise
        return chats_page(visitor, number, Kept(str(refused), refused.status))
    return go_on(
        visitor, f"{CHATS}/{number}", f"chat-{name}.{'again' if carried.replayed else 'new'}.{number}"
    )


async def back_to_chat(request: Request) -> Response:
    """Show the conversation to somebody who loads the address of a form."""
    return see_other(f"{CHATS}/{request.path_params['number']}")


def switch(visitor: Visitor, form: Form) -> Response:
    """Let the agent take chats, or no more."""
    here = form.get("here") == "yes"
    set_available(visitor.desk, visitor.session.user, available=here)
    return go_on(visitor, CHATS, f"chat-{'here' if here else 'away'}.new.0")


def note_typing(visitor: Visitor, _form: Form) -> Response:
    """Pass on that the agent is writing."""
    number = visitor.request.path_params["number"]
    chatting.say_typing(visitor.desk, visitor.session.user, number, typing=True)
    return Response(status_code=204, headers=GUARDED)


def note_seen(visitor: Visitor, form: Form) -> Response:
    """Note up to which message the agent has read, as their page says when it is looked at."""
    number = visitor.request.path_params["number"]
    chatting.mark_read(visitor.desk, visitor.session.user, number, form.get("message")[:128])
    return Response(status_code=204, headers=GUARDED)


def order_of(visitor: Visitor, form: Form, body: Body) -> Order:
    """Make the order that carries a form out once."""
    mark = fingerprint(f"POST {visitor.request.url.path} {form.get('message')}", body)
    return Order(visitor.session.user, form.key, mark, as_agent=True)


def _accept(visitor: Visitor, form: Form, number: str) -> Carried:
    return chatting.accept(visitor.desk, order_of(visitor, form, Nothing()), number)


def _end(visitor: Visitor, form: Form, number: str) -> Carried:
    return chatting.end(visitor.desk, order_of(visitor, form, Nothing()), number)


def _hand_over(visitor: Visitor, form: Form, number: str) -> Carried:
    body = HandOver(agent=form.get("agent")[:128] or None)
    return chatting.hand_over(visitor.desk, order_of(visitor, form, body), number, body)


def _edit(visitor: Visitor, form: Form, number: str) -> Carried:
    try:
        body = msgspec.convert({"text": form.get("text")}, EditMessage)
    except msgspec.ValidationError as error:
        raise Refused("invalid", "Please write a few words, and not too many.") from error
    return chatting.edit(visitor.desk, order_of(visitor, form, body), number, form.get("message"), body)


def _remove(visitor: Visitor, form: Form, number: str) -> Carried:
    return chatting.remove(visitor.desk, order_of(visitor, form, Nothing()), number, form.get("message"))


DEEDS: Mapping[str, Deed] = {
    "accept": _accept,
    "end": _end,
    "hand-over": _hand_over,
    "edit": _edit,
    "remove": _remove,
}
"""What can be done in a chat besides writing, by the name in the address."""
