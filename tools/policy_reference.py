"""The keys in docs/policy.md, from the program's own list: `python -m tools.policy_reference [--check]`."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import KEYS
from tracker.host.policy.writing import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.host.policy.policy import Key

PAGE = Path(__file__).resolve().parent.parent / "docs" / "policy.md"

_TITLES = {
    "desk": "The service desk",
    "chat": "Chats beside the service desk",
    "sign_in": "Signing in",
    "network": "The way through the network",
    "look": "Look and brand",
    "notifications": "Notifications",
    "hours": "Working hours",
    "cadence": "How often IT writes",
    "channels": "Ways to reach IT",
    "start": "Starting",
    "updates": "Updates",
    "privacy": "Privacy",
    "support": "Support",
}
_REGISTRY = {
    Shape.YES_OR_NO: "REG_DWORD, 0 or 1",
    Shape.NUMBER: "REG_DWORD",
    Shape.LIST: "REG_MULTI_SZ",
    Shape.TABLE: "REG_SZ, one JSON object",
}
_PLIST = {
    Shape.YES_OR_NO: "boolean",
    Shape.NUMBER: "integer",
    Shape.LIST: "array of strings",
    Shape.TABLE: "dictionary",
}

BEGIN = "<!-- keys: written by `python -m tools.policy_reference`, not by hand -->\n"
END = "<!-- end of keys -->\n"


def reference() -> str:
    """Give what stands between the two marks: each section with its keys."""
    order = list(_TITLES)
    keys = sorted(KEYS, key=lambda key: order.index(_section(key)))
    parts = []
    for section, group in groupby(keys, _section):
        parts.append(f"\n### {_TITLES[section]}\n")
        parts += ["\n".join(_told(key)) + "\n" for key in group]
    return "\n".join(parts)


def _section(key: Key[object]) -> str:
    return key.name.partition(".")[0]


def _told(key: Key[object]) -> Iterator[str]:
    yield f"#### `{key.name}`"
    yield ""
    yield key.about + (" Counts from the next start on." if key.next_start else "")
    yield ""
    yield f"- Written as: {_kind(key)}"
    yield f"- Usual: {_usual(key)}"
    section, _dot, word = key.name.partition(".")
    yield f"- In a file: `[{section}]` `{word} = {key.example}`"
    shape = key.form.shape
    yield (
        f"- Elsewhere `{key.name}`: {_REGISTRY.get(shape, 'REG_SZ')} in the registry, "
        f"{_PLIST.get(shape, 'string')} in a profile"
    )


def _kind(key: Key[object]) -> str:
    form = key.form
    if form.shape is Shape.CHOICE:
        return "one of " + ", ".join(f"`{word}`" for word in form.choices)
    if form.shape is Shape.NUMBER:
        return f"a whole number from {form.limits[0]:,} to {form.limits[1]:,}"
    words = {
        Shape.TEXT: "a text",
        Shape.YES_OR_NO: "`true` or `false`",
        Shape.LIST: "a list of texts",
        Shape.TABLE: "names with values",
    }
    return words[form.shape]


def _usual(key: Key[object]) -> str:
    usual = written(key, key.usual)
    return f"`{json.dumps(usual, ensure_ascii=False)}`" if usual not in ("", [], {}) else "nothing"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only tell (by the exit status) whether it is in step."""
    there = PAGE.read_text(encoding="utf-8")
    before, _, rest = there.partition(BEGIN)
    wanted = before + BEGIN + reference() + END + rest.partition(END)[2]
    if there == wanted:
        return 0
    if "--check" in arguments:
        print("docs/policy.md is out of step. Run: python -m tools.policy_reference", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
