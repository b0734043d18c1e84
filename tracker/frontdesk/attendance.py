"""Which agents are there to chat: they say so, and are seen while a page or a stream of theirs is open.

Nobody is available after closing the laptop: who is not seen for a minute takes no chats any more, and a chat
whose agent stays away is next in the queue. It is kept in the desk's file, so a restart forgets nobody.
"""

import contextlib
from datetime import timedelta
from sqlite3 import Connection

from tracker.frontdesk import carrying_out
from tracker.frontdesk.answers import Attending
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules.chat_agents import lose_agent
from tracker.frontdesk.rules.chat_offer import is_forsaken
from tracker.frontdesk.rules.chat_sessions import end_session
from tracker.frontdesk.rules.move import Move
from tracker.frontdesk.storage import attendance, chats
from tracker.frontdesk.storage.attendance import Attendance
from tracker.frontdesk.storage.floor import lapse_of
from tracker.frontdesk.values import Ticket, User


def attending(desk: Desk, user: User) -> Attending:
    """Tell whether an agent takes chats and how many they are in; asking also says that they are there."""
    note_presence(desk, user)
    with desk.reading() as connection:
        return _told(desk, connection, user)


def set_available(desk: Desk, user: User, *, available: bool) -> Attending:
    """Let an agent take chats, or no more; those they are in stay theirs."""
    now = desk.clock()
    with desk.writing() as connection:
        attendance.set_available(connection, user.id, available, now=now.timestamp())
        told = _told(desk, connection, user)
    desk.hub.announce(())  # the desk's timer plans when they lapse
    carrying_out.tell_queue(desk)
    return told


def note_presence(desk: Desk, user: User) -> None:
    """Note that somebody is there, where it matters: an agent who chats. Seldom writes.

    What cannot be noted now, since the file is busy or the disk full, is noted the next time.
    """
    if user.role != "agent" or not desk.sightings.admit(user.id, now=desk.steady_time()):
        return
    with contextlib.suppress(Refused), desk.writing() as connection:
        attendance.note_seen_again(connection, user.id, now=desk.clock().timestamp())


def welcome_back(desk: Desk) -> None:
    """Take everybody who chatted as there: while the desk was not served, nobody could be seen."""
    with desk.writing() as connection:
        attendance.see_everybody(connection, now=desk.clock().timestamp())


def let_agents_lapse(desk: Desk) -> float | None:
    """Do what follows when agents are gone; tells when to come again (epoch seconds), None for no agents."""
    now = desk.clock().timestamp()
    with desk.reading() as connection:
        there = attendance.attending(connection)
        nobody_takes_any = not any(agent.is_available for agent in there)
        is_due = nobody_takes_any and bool(_forsaken(desk, connection))
    moments = [moment for agent in there for moment in _moments(desk, agent)]
    if is_due or any(moment <= now for moment in moments):
        return _lapse(desk)
    return min(moments, default=None)


def _moments(desk: Desk, agent: Attendance) -> list[float]:
    """List when an agent who is not seen again takes no more chats, and loses those they are in."""
    lapse, gone = lapse_of(desk.settings), timedelta(minutes=desk.settings.chat.agent_gone_minutes)
    found = [agent.seen + lapse.total_seconds()] if agent.is_available else []
    return [*found, agent.seen + gone.total_seconds()] if agent.chats else found


def _lapse(desk: Desk) -> float | None:
    changed = False
    moves: list[Move] = []
    with desk.writing() as connection:
        now = desk.clock().timestamp()
        for agent in attendance.attending(connection):
            if agent.is_available and agent.seen + lapse_of(desk.settings).total_seconds() <= now:
                attendance.withdraw(connection, agent.agent)
                changed = True
            if agent.chats and max(_moments(desk, agent)) <= now:
                moves += _lost(desk, connection, agent.agent)
        moves += _let_go(desk, connection)
        there = attendance.attending(connection)
    for move in moves:
        carrying_out.tell(desk, move)
    if changed and not moves:
        carrying_out.tell_queue(desk)
    return min((moment for agent in there for moment in _moments(desk, agent)), default=None)


def _lost(desk: Desk, connection: Connection, agent_id: str) -> list[Move]:
    """Put the chats of an agent who is gone back to the queue."""
    context = desk.context(connection)
    moves = [Move(ticket, context.desk, context) for ticket in chats.open_tickets(connection, agent_id)]
    for move in moves:
        lose_agent(move)
        carrying_out.store(connection, move)
    return moves


def _forsaken(desk: Desk, connection: Connection) -> list[Ticket]:
    """List the tickets whose people wait for nobody."""
    context = desk.context(connection)
    floor = context.directory.chat_floor()
    if not floor.queue:
        return []
    return [
        ticket
        for ticket in chats.chats_of_desk(connection)
        if ticket.chat is not None and is_forsaken(ticket.chat, context.now, floor, desk.settings)
    ]


def _let_go(desk: Desk, connection: Connection) -> list[Move]:
    """End the chats of those who wait for nobody."""
    context = desk.context(connection)
    moves = [Move(ticket, context.desk, context) for ticket in _forsaken(desk, connection)]
    for move in moves:
        end_session(move, "desk")
        carrying_out.store(connection, move)
    return moves


def _told(desk: Desk, connection: Connection, user: User) -> Attending:
    return Attending(
        available=attendance.is_available(connection, user.id),
        active=chats.open_chats(connection).get(user.id, 0),
        most=desk.settings.chat.most_per_agent,
    )
