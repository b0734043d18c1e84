"""What a technician does in chats at the front desk: every act over the API, checked."""

from __future__ import annotations

from collections.abc import Callable

Json = dict[str, object]
Ask = Callable[[str, str, Json | None], Json]


class AgentChats:
    """An agent's chats. `ticket` is a number; commands give {"ticket": …, "event": …}."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def be_available(self, *, available: bool = True) -> Json:
        """Take chats, or no more. It lapses after a minute in which neither this nor `be_there` is called."""
        return self._ask("PUT", "/me/chat", {"available": available})

    def be_there(self) -> Json:
        """Say that one is there still."""
        return self._ask("GET", "/me/chat", None)

    def waiting(self) -> list[str]:
        """List the tickets whose people wait, next first."""
        return [str(each["ticket"]) for each in self.going_on() if _state(each) == "queued"]

    def going_on(self) -> list[Json]:
        """List every chat of the desk that goes on: ticket and chat, the queue first."""
        found = self._ask("GET", "/chats?scope=desk", None)["chats"]
        assert isinstance(found, list)
        return found

    def accept(self, ticket: str) -> Json:
        """Join a chat that waits."""
        return self._ask("POST", f"/tickets/{ticket}/chat/accept", {})

    def say(self, ticket: str, text: str, attachments: tuple[str, ...] = ()) -> Json:
        """Write a message; `attachments` are ids of files that were sent up."""
        body: Json = {"text": text, "attachments": list(attachments)}
        return self._ask("POST", f"/tickets/{ticket}/chat/messages", body)

    def edit(self, ticket: str, message: str, text: str) -> Json:
        """Put other words in place of those of one's own message."""
        return self._ask("PUT", f"/tickets/{ticket}/chat/messages/{message}", {"text": text})

    def remove(self, ticket: str, message: str) -> Json:
        """Take one's own message back."""
        return self._ask("DELETE", f"/tickets/{ticket}/chat/messages/{message}", None)

    def typing(self, ticket: str, *, typing: bool = True) -> None:
        """Say that one is writing, or has stopped."""
        self._ask("POST", f"/tickets/{ticket}/chat/typing", {"typing": typing})

    def read_up_to(self, ticket: str, message: str) -> None:
        """Say up to where one has read."""
        self._ask("POST", f"/tickets/{ticket}/chat/read", {"message": message})

    def hand_over(self, ticket: str, agent: str | None = None) -> Json:
        """Give the chat to a colleague (by id), or back to the queue."""
        return self._ask("POST", f"/tickets/{ticket}/chat/hand_over", {"agent": agent})

    def leave(self, ticket: str) -> Json:
        """Go; the chat is next in the queue."""
        return self._ask("POST", f"/tickets/{ticket}/chat/leave", {})

    def end(self, ticket: str) -> Json:
        """End the chat."""
        return self._ask("POST", f"/tickets/{ticket}/chat/end", {})

    def transcript(self, ticket: str) -> list[Json]:
        """Give every message, edit and removal of a conversation, in order."""
        said: list[Json] = []
        after: object = 0
        while after is not None:
            page = self._ask("GET", f"/tickets/{ticket}/chat/messages?after={after}", None)
            events = page["events"]
            assert isinstance(events, list)
            said += events
            after = page["next"]
        return said


def _state(conversation: Json) -> object:
    chat = conversation["chat"]
    assert isinstance(chat, dict)
    return chat["state"]
