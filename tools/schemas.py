"""The JSON schemas in docs/schemas, made from the program's shapes: `python -m tools.schemas [--check]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from tracker.core import arrangement_shapes as shapes_of_arrangements
from tracker.core import chat_shapes as shapes_of_chats
from tracker.core import shapes
from tracker.core.policy_report import PolicyReport

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"

# Name of the file, the shape, and what it is the answer to.
ANSWERS: tuple[tuple[str, object, str], ...] = (
    ("list", shapes.ListReport, "tracker list --json"),
    ("show", shapes.ShowReport, "tracker show REF --json"),
    ("sent", shapes.SentReport, "tracker new|reply|confirm|not-fixed|outbox retry and all wishes --json"),
    ("slots", shapes_of_arrangements.SlotsReport, "tracker visit REF slots --json"),
    ("sync", shapes.SyncReport, "tracker sync --json"),
    ("watch", shapes.WatchEvent | shapes.WatchNotice, "one line of tracker watch --json"),
    ("outbox", shapes.OutboxReport, "tracker outbox --json"),
    (
        "chat",
        shapes_of_chats.ChatLine | shapes_of_chats.MessageLine | shapes_of_chats.LeftLine,
        "one line of tracker chat --json",
    ),
    ("conversation", shapes_of_chats.ConversationReport, "tracker show REF --conversation --json"),
    ("doctor", shapes.DoctorReport, "tracker doctor --json"),
    ("policy", PolicyReport, "tracker policy report --json"),
)


def schema_text(shape: object, title: str) -> str:
    """Give the schema of an answer as the text of its file."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | msgspec.json.schema(shape), indent=2, sort_keys=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the schemas, or with --check only tell (by the exit status) whether they are in step."""
    wanted = {FOLDER / f"{name}.json": schema_text(shape, title) for name, shape, title in ANSWERS}
    there = {path: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    if wanted == there:
        return 0
    if "--check" in arguments:
        print("docs/schemas is out of step. Run: python -m tools.schemas", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in there.keys() - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
