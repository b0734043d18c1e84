"""A message on its way from the page: words, files, a ready answer; sent once, kept when refused."""

from functools import partial

import anyio.to_thread
import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk import carrying_out, chatting, limits
from tracker.frontdesk.carrying_out import Carried, Order
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.filestore import Arrived
from tracker.frontdesk.pages.chat_doing import FAULTS, order_of
from tracker.frontdesk.pages.chat_page import Kept, chats_page
from tracker.frontdesk.pages.chat_state import CHATS
from tracker.frontdesk.pages.desk_time import desk_time
from tracker.frontdesk.pages.doing import REUSED
from tracker.frontdesk.pages.forms import Form, require_own
from tracker.frontdesk.pages.frame import new_key
from tracker.frontdesk.pages.going_on import go_on
from tracker.frontdesk.pages.multipart import FilledIn, content_of, read_multipart
from tracker.frontdesk.pages.rendering import Press
from tracker.frontdesk.pages.visitor import SIGNED_OUT, Door, Visitor
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import Message
from tracker.frontdesk.values import Attachment


class Sending:
    """Takes messages that are written on the page, with or without script."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def send(self, request: Request) -> Response:
        """Send what was written; show the conversation, or to a script what it needs to go on."""
        found = await anyio.to_thread.run_sync(self._try_admit, request)
        known = isinstance(found, Visitor)
        try:
            limit = self._door.desk.settings.attachment_bytes if known else limits.BODY_BYTES
            filled = await read_multipart(request, limit=limit)
        except Refused as refused:
            return self._unread(request, refused)
        try:
            if isinstance(found, Refused):
                return self._stranger(request, found, filled.form)
            return await self._take(found, filled)
        finally:
            await filled.close()

    async def _take(self, visitor: Visitor, filled: FilledIn) -> Response:
        form, number = filled.form, visitor.request.path_params["number"]
        try:
            require_own(visitor.request, form, visitor.session.form_token)
        except Refused as refused:
            return self._stranger(visitor.request, refused, form)
        if form.get("insert"):
            return await self._door.answered(visitor.request, partial(_insert, visitor, form, number))
        try:
            files = [await self._keep(visitor, form, place, file) for place, file in enumerate(filled.files)]
        except Refused as refused:
            return await self._door.answered(visitor.request, partial(_kept, visitor, form, number, refused))
        return await self._door.answered(visitor.request, partial(_send, visitor, form, number, files))

    async def _keep(self, visitor: Visitor, form: Form, place: int, file: UploadFile) -> str:
        """Keep a file for the message; sent again under the same key it is the same file."""
        desk, name = visitor.desk, file.filename or "file"
        arrived = await desk.files.receive(content_of(file), limit=desk.settings.attachment_bytes)

        def keep() -> str:
            try:
                mark = carrying_out.file_fingerprint(name, arrived)
                order = Order(visitor.session.user, _file_key(form, place, arrived), mark)
                carried = carrying_out.keep_upload(desk, order, arrived, name=name)
                return msgspec.json.decode(carried.answer, type=Attachment).id
            finally:
                desk.files.discard(arrived)

        return await anyio.to_thread.run_sync(keep)

    def _try_admit(self, request: Request) -> Visitor | Refused:
        try:
            return self._door.admit(request, used=True)
        except Refused as refused:
            return refused

    def _unread(self, request: Request, refused: Refused) -> Response:
        if _by_script(request):
            return _told(self._door.press, self._door.desk, str(refused))
        return self._door.refusal(refused)

    def _stranger(self, request: Request, refused: Refused, form: Form) -> Response:
        """Say that nothing was sent, since the session ended or another began; the words stay."""
        if _by_script(request):
            return _told(
                self._door.press,
                self._door.desk,
                SIGNED_OUT if refused.code == "sign_in_needed" else str(refused),
            )
        return self._door.not_sent(refused, form)


def _send(visitor: Visitor, form: Form, number: str, files: list[str]) -> Response:
    try:
        carried = _carry_out(visitor, form, number, files)
    except Refused as refused:
        return _kept(visitor, form, number, refused)
    if _by_script(visitor.request):
        answer = _told(visitor.press, visitor.desk, "")
        answer.headers["HX-Trigger"] = "chat-sent"
        return answer
    again = "again" if carried.replayed else "new"
    return go_on(visitor, f"{CHATS}/{number}", f"chat-send.{again}.{number}")


def _carry_out(visitor: Visitor, form: Form, number: str, files: list[str]) -> Carried:
    try:
        body = msgspec.convert({"text": form.get("text"), "attachments": files}, Message)
    except msgspec.ValidationError as error:
        raise Refused("invalid", "The message is too long.") from error
    return chatting.send(visitor.desk, order_of(visitor, form, body), number, body)


def _kept(visitor: Visitor, form: Form, number: str, refused: Refused) -> Response:
    """Say why it was not sent, and keep what was written."""
    said = REUSED if refused.code == "key_reused" else str(refused)
    if _by_script(visitor.request):
        return _told(visitor.press, visitor.desk, said)
    if refused.code in FAULTS:
        raise refused
    return chats_page(visitor, number, Kept(said, refused.status, form.get("text")))


def _insert(visitor: Visitor, form: Form, number: str) -> Response:
    """Put a ready answer below what was written, for the agent to change."""
    answers = chatting.canned(visitor.desk).answers
    chosen = form.get("insert")
    place = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 4 else len(answers)
    text = answers[place].text if place < len(answers) else ""
    joined = "\n".join(part for part in (form.get("text"), text) if part)
    return chats_page(visitor, number, Kept(text=joined))


def _told(press: Press, desk: Desk, said: str) -> Response:
    """Give a script the next form's key, and why the last was not sent."""
    return press.page("chat_sent.html", time=desk_time(desk), said=said, key=new_key())


def _file_key(form: Form, place: int, arrived: Arrived) -> str:
    """Name a file of a message: chosen again after a refusal, it is another one if its bytes are."""
    return f"{form.key[:60]}.{place}.{arrived.sha256[:40]}"


def _by_script(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
