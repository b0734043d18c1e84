"""What the person is looking at now: it sets how often a desk is asked and what needs no toast."""

from dataclasses import dataclass

from tracker.model.ticket import TicketId


@dataclass(frozen=True, slots=True)
class Focus:
    """`visible`: a window of ours is on the screen; `ticket`: the ticket page that is open in it.

    `chat`: it is the conversation on that ticket that is open.
    """

    visible: bool = False
    ticket: TicketId | None = None
    chat: bool = False


HIDDEN = Focus()
