"""The short story of a request, told from the command line at any desk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tests.cli.schemas import Json
from tests.cli.terminal import Terminal
from tracker.host.virtual_desktop import wait_until

SUBJECT = "The dock lost a screen"
# Names as strangers choose them; their content is every byte there is.
UP = {"photo of the dock.png": os.urandom(300_000), "résumé – ünïcode.txt": bytes(range(256))}
DOWN = {"../../.bashrc": b"evil\n" * 3, "report.pdf": os.urandom(70_000)}


class HelpDesk(Protocol):
    """Whoever works at the other end; `files` gives the requester's files of a request by name."""

    def take(self, ticket: str) -> None: ...
    def reply(self, ticket: str, text: str, files: Mapping[str, bytes]) -> None: ...
    def resolve(self, ticket: str, text: str) -> None: ...
    def messages(self, ticket: str) -> list[str]: ...
    def state(self, ticket: str) -> str: ...


def tell(jane: Terminal, helpdesk: HelpDesk, service: str, folder: Path) -> Json:
    """Raise, be answered, read, answer, doubt the fix, believe it; gives the request as shown at the end.

    The terminal is signed in and in step. Raises AssertionError where the story takes another course.
    """
    number = _raise(jane, service, folder)
    assert helpdesk.messages(number) == ["Since this morning."]
    helpdesk.take(number)
    helpdesk.reply(number, "Is it black with another cable, too?", DOWN)
    news = _caught_up(jane, number, "Is it black")
    assert any(notice["ticket"] == jane_id(jane, number) for notice in news["notices"])
    _save_all(jane, number, folder)
    jane.deliver("reply", number, text="Yes, with both cables.\n")
    assert helpdesk.messages(number)[-1] == "Yes, with both cables."
    helpdesk.resolve(number, "The dock was replaced.")
    _caught_up(jane, number, "The dock was replaced.")
    assert jane.json("show", number)["stage"] == "fixed"
    jane.deliver("not-fixed", number, text="It flickers now.\n")
    assert helpdesk.messages(number)[-1] == "It flickers now."
    jane.run("sync")
    assert jane.json("show", number)["stage"] != "fixed"
    helpdesk.resolve(number, "New firmware.")
    _caught_up(jane, number, "New firmware.")
    jane.deliver("confirm", number)
    jane.run("sync")
    assert helpdesk.state(number) == "closed"
    return jane.json("show", number)


def jane_id(jane: Terminal, number: str) -> str:
    """Give the id of a request, which a desk may write differently from its number."""
    identity: str = jane.json("show", number)["ticket"]["id"]
    return identity


def _raise(jane: Terminal, service: str, folder: Path) -> str:
    attached: list[str] = []
    for name, content in UP.items():
        (folder / name).write_bytes(content)
        attached += ["--attach", str(folder / name)]
    words = ("new", "--service", service, "--subject", SUBJECT, *attached)
    number = jane.deliver(*words, text="Since this morning.\n")
    assert number
    return number


def _caught_up(jane: Terminal, number: str, words: str) -> Json:
    """Sync until the request tells this; one look may come before the desk has it ready to be listed."""
    answers: list[Json] = []

    def told() -> bool:
        answers.append(jane.json("sync"))
        return words in str(jane.json("show", number)["events"])

    wait_until(told, what=words)
    last = answers[-1]
    return last | {"notices": [notice for answer in answers for notice in answer["notices"]]}


def _save_all(jane: Terminal, number: str, folder: Path) -> None:
    """Save every file of a request under names of our own, and find each byte as it was sent."""
    files: list[Any] = jane.json("show", number)["attachments"]
    contents = [*UP.values(), *DOWN.values()]
    assert len(files) == len(contents)
    saved: list[bytes] = []
    for file in files:
        target = folder / f"saved-{file['number']}"
        said = jane.run("attachment", number, str(file["number"]), "--to", str(target))
        assert said.out == f"{target}\n"
        saved.append(target.read_bytes())
        assert "/" not in file["name"]
        assert not file["name"].startswith(".")
    assert sorted(saved) == sorted(contents)
    assert not (folder.parent / ".bashrc").exists()
