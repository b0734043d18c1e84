"""What the page of chats waits for: it hears of everything new at once, and only of what is new."""

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from tracker.frontdesk import chatting, limits, reading
from tracker.frontdesk.feed import EVERYTHING, Ear
from tracker.frontdesk.pages.chat_fresh import Fresh, fresh_talk
from tracker.frontdesk.pages.chat_side import read_side
from tracker.frontdesk.pages.chat_state import CHATS, PageState
from tracker.frontdesk.pages.chat_view import read_talk
from tracker.frontdesk.pages.desk_time import desk_time
from tracker.frontdesk.pages.frame import new_key
from tracker.frontdesk.pages.rendering import GUARDED
from tracker.frontdesk.pages.visitor import STOP_ASKING, Door, Visitor
from tracker.frontdesk.refusals import Refused

HELD = 15.0
"""Seconds that a question is held while nothing is new; htmx gives up after 20."""

WRITING_FOR = 6.0
"""Seconds for which somebody counts as writing after the last word of it."""

LOOK_AGAIN = 2.0
"""Seconds until it is looked again whether they still are."""


class ChatNews:
    """Answers a page's question for news when there is some, or after a while."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def wait(self, request: Request) -> Response:
        """Hold the question until something is new."""
        try:
            visitor = await anyio.to_thread.run_sync(lambda: self._door.admit(request, used=False))
        except Refused as refused:
            if refused.code != "sign_in_needed":
                return self._door.refusal(refused)
            time = desk_time(self._door.desk)
            return self._door.press.page("gone.html", time=time, status=STOP_ASKING)
        with self._door.desk.hub.listening(EVERYTHING) as ear:
            return await self._door.answered_by(request, lambda: self._hold(visitor, ear))

    async def _hold(self, visitor: Visitor, ear: Ear) -> Response:
        watch = _Watch(visitor)
        hub, until = self._door.desk.hub, anyio.current_time() + HELD
        while not hub.stopping:
            ear.clear()
            is_late = anyio.current_time() >= until
            answer = await anyio.to_thread.run_sync(watch.look, is_late)
            if answer is not None:
                return answer
            with anyio.move_on_after(min(until - anyio.current_time(), watch.patience)):
                await ear.wait()
        return Response(status_code=204, headers=GUARDED)


class _Watch:
    """What one page shows, compared with how things stand."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._number = visitor.asked("chat")
        self.patience = HELD

    def look(self, is_late: bool) -> Response | None:
        """Give what is new; nothing where nothing is, unless it is late."""
        visitor = self._visitor.at_this_moment()
        asked = visitor.asked
        changes = reading.changes_after(
            visitor.desk, visitor.viewer, asked("feed") or "0", limit=limits.PAGE_ITEMS
        )
        if changes.reset:
            return Response(status_code=200, headers={**GUARDED, "HX-Refresh": "true"})
        writing = _writing(visitor)
        self.patience = LOOK_AGAIN if writing else HELD
        side = read_side(visitor, writing)
        talk = read_talk(visitor, self._number, shown=1) if self._number else None
        fresh = fresh_talk(visitor, talk, changes.changes) if talk is not None else None
        state = PageState(side, talk, changes.cursor, writing)
        is_new = state.marks != tuple(asked(name) for name in ("side", "head", "state", "read", "writing"))
        if not (is_new or is_late or (fresh is not None and fresh.is_any)):
            return None
        return _answer(visitor, state, fresh)


def _answer(visitor: Visitor, state: PageState, fresh: Fresh | None) -> Response:
    asked, talk = visitor.asked, state.talk
    side, head, doings, read, _ = state.marks
    has_composer = bool(asked("composer"))
    gets_composer = talk is not None and talk.is_mine and not has_composer
    day = fresh.day if fresh is not None and fresh.day else asked("day")
    last = fresh.last if fresh is not None else 0
    return visitor.press.page(
        "chat_news.html",
        time=visitor.time,
        token=visitor.session.form_token,
        new_key=new_key,
        side=state.side if side != asked("side") else None,
        desk_name=visitor.desk.settings.name,
        waiting=state.side.waiting,
        talk=talk,
        new_head=head != asked("head"),
        new_doings=doings != asked("state"),
        gets_composer=gets_composer,
        read_now=fresh.read_now if fresh is not None and read != asked("read") else (),
        fresh=fresh,
        writer=talk is not None and talk.ticket.number in state.writing,
        here=f"{CHATS}/{talk.ticket.number}" if talk is not None else CHATS,
        canned=chatting.canned(visitor.desk).answers,
        question=state.question(day=day, last=last, composer=has_composer or gets_composer),
    )


def _writing(visitor: Visitor) -> frozenset[str]:
    """List the tickets on which somebody else is writing at this moment."""
    desk, me = visitor.desk, visitor.session.user.id
    writers = desk.typing.writers(since=desk.steady_time() - WRITING_FOR)
    return frozenset(number for person, number in writers if person != me)
