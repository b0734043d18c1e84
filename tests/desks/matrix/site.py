"""A Matrix server as a site for the contract of chats: the employees' desks, an agent, the network."""

from __future__ import annotations

import uuid

from tests.contract.chat_site import ChatHelpdesk
from tests.contract.site import Network
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.matrix_agent import MatrixAgent
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import DMITRI, JANE, OMAR, TESS, Person
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.matrix.desk import MatrixDesk, open_desk
from tracker.model.ticket import TicketId

PEOPLE = {"jane": JANE, "omar": OMAR, "dmitri": DMITRI}


class MatrixSite:
    """One server, one agent who is asked into each room, and a room of the agents."""

    writes = rb"PUT /_matrix/client/v3/rooms/[^/]+/send/"
    has_queue = False

    def __init__(self, rig: SynapseRig, proxy: FlakyProxy, *, agents_room: str) -> None:
        self.rig = rig
        self.proxy = proxy
        self.network: Network = proxy
        self.hands = MatrixAgent(rig, TESS, JANE.id)
        self.agent: ChatHelpdesk = self.hands
        self.agents_room = agents_room
        self.options: tuple[tuple[str, str], ...] = (("invite", TESS.id), ("agents_room", agents_room))

    async def ticket(self, subject: str, who: str = "jane") -> TicketId:
        return TicketId(f"T-{uuid.uuid4().hex[:10]}")

    def desk(
        self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None
    ) -> MatrixDesk:
        person = PEOPLE[who]
        held = secret or token_of(self.rig, person)
        options = self.options + ((("timeout", str(patience)),) if patience is not None else ())

        async def source() -> Secret:
            return held

        return open_desk(DeskConfig("matrix", self.proxy.url, person.name, options), source)

    def close(self) -> None:
        self.hands.close()


def token_of(rig: SynapseRig, person: Person) -> Secret:
    return Secret(SecretKind.TOKEN, rig.token(person))


def make_agents_room(rig: SynapseRig) -> str:
    """Let the agents have a room of their own; gives its id."""
    tess, dmitri = MatrixAgent(rig, TESS, JANE.id), MatrixAgent(rig, DMITRI, JANE.id)
    room = tess.make_room(preset="private_chat", name="IT agents", invite=[DMITRI.id])
    dmitri.call("POST", f"/_matrix/client/v3/join/{room}", {})
    tess.close()
    dmitri.close()
    return room
