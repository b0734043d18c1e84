"""The commands of a guide, so that a test runs what the page says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_STEP = re.compile(
    r"^<!-- run: (?P<name>[\w-]+) -->\n```sh\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL
)

# The tests' computers have no sudo: whoever runs a step with it is root there.
_SUDO = 'sudo() { env "$@"; }\n'


class Guide:
    """The marked steps of one page, with the addresses of its examples replaced by real ones."""

    def __init__(self, page: Path, addresses: Mapping[str, str]) -> None:
        self._page = page
        self._steps = {step["name"]: step["commands"] for step in _STEP.finditer(page.read_text("utf-8"))}
        self._addresses = addresses

    def with_addresses(self, more: Mapping[str, str]) -> Guide:
        """Give the same page with more of its examples replaced."""
        return Guide(self._page, {**self._addresses, **more})

    @property
    def names(self) -> tuple[str, ...]:
        """The steps in the order of the page."""
        return tuple(self._steps)

    def step(self, name: str) -> str:
        """Give the commands of one step as a script. Raises KeyError when the page has no such step."""
        script = self._steps[name]
        for example, real in self._addresses.items():
            script = script.replace(example, real)
        return _SUDO + script if self.needs_root(name) else script

    def needs_root(self, name: str) -> bool:
        """Tell whether a step is an administrator's."""
        return "sudo " in self._steps[name]
