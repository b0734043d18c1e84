"""What a ticket's forms do: the same rules as the API's, once for each form, with a plain sentence."""

from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk import carrying_out
from tracker.frontdesk.carrying_out import Carried, Order, fingerprint
from tracker.frontdesk.pages.bodies import require_seen_visit
from tracker.frontdesk.pages.deed import Deed
from tracker.frontdesk.pages.deeds import all_deeds
from tracker.frontdesk.pages.forms import Form
from tracker.frontdesk.pages.going_on import go_on
from tracker.frontdesk.pages.rendering import see_other
from tracker.frontdesk.pages.showing import Unfinished, ticket_page
from tracker.frontdesk.pages.visitor import HOME, Visitor
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.rules.move import Move

NEVER_TYPED = ("token", "key", "seen")
REUSED = (
    "This form was sent before with other words, and that was done. Look at the history below; if you want to"
    " send this as well, send it now."
)


def do_deed(visitor: Visitor, form: Form) -> Response:
    """Do what the address names, and show the ticket again: with what was done, or with why not."""
    number = visitor.request.path_params["number"]
    deed = all_deeds().get(visitor.request.path_params["deed"])
    if deed is None:
        raise not_found("That page")
    try:
        carried = _carry_out(visitor, form, deed, number)
    except Refused as refused:
        if refused.code in ("not_found", "desk_broken"):
            raise
        return _as_typed(visitor, form, deed, refused)
    again = "again" if carried.replayed else "new"
    return go_on(visitor, f"{HOME}/tickets/{number}", f"{deed.name}.{again}.{number}")


async def back_to_ticket(request: Request) -> Response:
    """Show the ticket to somebody who loads the address of a form."""
    return see_other(f"{HOME}/tickets/{request.path_params['number']}")


def _carry_out(visitor: Visitor, form: Form, deed: Deed, number: str) -> Carried:
    command = deed.read(form, visitor.time)
    mark = fingerprint(f"POST {visitor.request.url.path}", command.body)
    order = Order(visitor.session.user, form.key, mark, as_agent=True)

    def rule(move: Move) -> None:
        require_seen_visit(move, form.get("seen"))
        command.rule(move)

    return carrying_out.act(visitor.desk, order, number, rule)


def _as_typed(visitor: Visitor, form: Form, deed: Deed, refused: Refused) -> Response:
    typed = {name: value for name, value in form.values.items() if name not in NEVER_TYPED}
    said = REUSED if refused.code == "key_reused" else str(refused)
    unfinished = Unfinished(deed.name, form.get("promise"), typed, said, refused.status)
    return ticket_page(visitor, visitor.request.path_params["number"], unfinished)
