"""Whether somebody would answer a chat now, as far as a Matrix server tells."""

from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.policy import Policy
from tracker.desks.matrix.rooms import Rooms
from tracker.desks.matrix.signals import MatrixSignals
from tracker.model.chat import ChatOffer, OfferState
from tracker.model.errors import CommandRejected

_MOST_ASKED = 10
"""Agents of whom it is asked whether they are there: each costs a call."""


async def offer_of(client: MatrixClient, signals: MatrixSignals, policy: Policy, rooms: Rooms) -> ChatOffer:
    """Ask who of the agents is there. A server that keeps that to itself counts as one where somebody is.

    Nobody is there when all are away whom the server has ever seen: where presence is switched off, it tells
    of everybody that they were never there.
    """
    me = (await client.session.identity()).user
    agents = [user for user in await _agents(client, policy, rooms) if user != me]
    present = seen = 0
    for user in agents[:_MOST_ASKED]:
        try:
            told = await signals.presence(user)
        except CommandRejected:
            continue
        present += told.presence in ("online", "unavailable")
        seen += told.last_active_ago is not None
    if present == 0 and seen > 0 and len(agents) <= _MOST_ASKED:
        return ChatOffer(OfferState.NOBODY)
    return ChatOffer(OfferState.OPEN, agents=present)


async def _agents(client: MatrixClient, policy: Policy, rooms: Rooms) -> tuple[str, ...]:
    if policy.invite:
        return policy.invite
    room = await rooms.agents_room()
    if not room:
        return ()
    try:
        return tuple(sorted(await client.joined_members(room)))
    except CommandRejected:
        return ()  # not for the person to know
