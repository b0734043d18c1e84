"""The pages' addresses, all below /desk."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as PathRoute

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.pages.chat_doing import back_to_chat, do_chat, note_seen, note_typing, switch
from tracker.frontdesk.pages.chat_live import ChatNews
from tracker.frontdesk.pages.chat_page import show_chats
from tracker.frontdesk.pages.chat_sending import Sending
from tracker.frontdesk.pages.chat_state import CHATS
from tracker.frontdesk.pages.doing import back_to_ticket, do_deed
from tracker.frontdesk.pages.lists import show_calls, show_queue, show_review, show_visits
from tracker.frontdesk.pages.live import show_news
from tracker.frontdesk.pages.rendering import Press
from tracker.frontdesk.pages.showing import show_ticket
from tracker.frontdesk.pages.signing import SignInPage, sign_out
from tracker.frontdesk.pages.static_files import StaticFiles
from tracker.frontdesk.pages.visitor import HOME, Door, Visitor
from tracker.frontdesk.reading import one_upload
from tracker.frontdesk.refusals import not_found
from tracker.frontdesk.web.files import file_response

CHAT = f"{CHATS}/{{number}}"
TICKET = f"{HOME}/tickets/{{number}}"


def page_routes(desk: Desk) -> list[BaseRoute]:
    """List the pages of this desk."""
    door = Door(desk, Press())
    sign_in, static = SignInPage(door), StaticFiles(door)

    async def nowhere(_request: Request) -> Response:
        return door.refusal(not_found("That page"))

    return [
        PathRoute(HOME, door.showing(show_queue), methods=["GET"]),
        PathRoute(f"{HOME}/news", door.renewing(show_news), methods=["GET"]),
        PathRoute(f"{HOME}/calls", door.showing(show_calls), methods=["GET"]),
        PathRoute(f"{HOME}/visits", door.showing(show_visits), methods=["GET"]),
        PathRoute(f"{HOME}/review", door.showing(show_review), methods=["GET"]),
        PathRoute(f"{HOME}/files/{{file}}", door.showing(_show_file), methods=["GET"]),
        PathRoute(f"{HOME}/sign-in", sign_in.show, methods=["GET"]),
        PathRoute(f"{HOME}/sign-in", sign_in.submit, methods=["POST"]),
        PathRoute(f"{HOME}/sign-out", door.doing(sign_out), methods=["POST"]),
        PathRoute(f"{HOME}/static/{{name}}", static.show, methods=["GET"]),
        PathRoute(TICKET, door.showing(show_ticket), methods=["GET"]),
        PathRoute(f"{TICKET}/{{deed}}", back_to_ticket, methods=["GET"]),
        PathRoute(f"{TICKET}/{{deed}}", door.doing(do_deed), methods=["POST"]),
        *_chat_routes(door),
        PathRoute(f"{HOME}/{{rest:path}}", nowhere),
    ]


def _chat_routes(door: Door) -> list[BaseRoute]:
    return [
        PathRoute(CHATS, door.showing(show_chats), methods=["GET"]),
        PathRoute(f"{CHATS}/news", ChatNews(door).wait, methods=["GET"]),
        PathRoute(f"{CHATS}/here", door.doing(switch), methods=["POST"]),
        PathRoute(CHAT, door.showing(show_chats), methods=["GET"]),
        PathRoute(f"{CHAT}/send", Sending(door).send, methods=["POST"]),
        PathRoute(f"{CHAT}/typing", door.doing(note_typing), methods=["POST"]),
        PathRoute(f"{CHAT}/seen", door.doing(note_seen), methods=["POST"]),
        PathRoute(f"{CHAT}/{{deed}}", back_to_chat, methods=["GET"]),
        PathRoute(f"{CHAT}/{{deed}}", door.doing(do_chat), methods=["POST"]),
    ]


def _show_file(visitor: Visitor) -> Response:
    upload = one_upload(visitor.desk, visitor.viewer, visitor.request.path_params["file"])
    return file_response(visitor.desk, upload.attachment)
