"""The two lanes of the outbox: neither waits for the other, and whoever writes something wakes both."""

from dataclasses import dataclass

from tracker.sync.outbound import Outbound


@dataclass(frozen=True, slots=True)
class Lanes:
    """What is asked of the desk, and what is said in chats."""

    tickets: Outbound
    chats: Outbound

    def wake(self) -> None:
        """Look at the outbox now."""
        self.tickets.wake()
        self.chats.wake()

    def hurry(self) -> None:
        """Forget back-off times and look now: the network is back, or the person asked."""
        self.tickets.hurry()
        self.chats.hurry()
