"""Measures and prints: `python -m tests.bench [--json] [NAME ...]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module

from tests.bench.figures import Figure, Verdict
from tests.bench.place import Place

Measure = Callable[[Place], Iterator[Figure]]

MEASURES = {
    "start": "process start to the tray icon and the painted list, beside a bare program",
    "memory": "memory after the first sync of 1,000 requests, window hidden, beside the bare program",
    "idle": "a minute of nothing: hidden, the stream open",
    "notify": "a desk's change to the Notify call on the bus, with push",
    "first-sync": "the first sync of 10,000 requests, beside a bare script",
    "clocks": "every clock of 10,000 requests at a new moment",
    "window": "gaps while 10,000 requests come in, opening 1,000 events, searching 10,000 requests",
    "chat": "a chat at the embedded desk: send to shown, both ways; a conversation of 10,000 messages",
    "long-chat": "a chat of 10,000 messages: opening it, scrolling all through it, its memory",
    "matrix": "a chat over Matrix: an agent's send to our news, beside a bare httpx sync loop",
    "rt": "Request Tracker: list first, news by polling, what a client costs the server",
    "help": "tracker --help",
    "installed": "the package: sizes, the start of the installed program, installing and removing",
}

MODULES = {"help": "asking_for_help", "notify": "notifying", "window": "in_window"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the named measures (all when none is named); 0 when all could be taken, whatever they say."""
    wanted = _parsed(arguments)
    # Ended from outside, it still ends what it has started.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    found: dict[str, list[Figure]] = {}
    failed: dict[str, str] = {}
    with Place() as place:
        for name in wanted.names or MEASURES:
            began = time.monotonic()
            if not wanted.json:
                print(f"{name}: {MEASURES[name]}", flush=True)
            try:
                found[name] = list(_measure(name)(place))
            except Exception as error:  # one that cannot be taken must not take the others with it
                failed[name] = f"{type(error).__name__}: {error}"
            if not wanted.json:
                _tell(found.get(name, []), failed.get(name, ""), time.monotonic() - began)
    if wanted.json:
        print(json.dumps(_report(found, failed), indent=1))
    else:
        _sum_up(found, failed)
    return 1 if failed else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    listed = "\n".join(f"  {name:<12}{what}" for name, what in MEASURES.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=f"Measure speed and memory:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these measures")
    wanted = parser.parse_args(arguments)
    unknown = [name for name in wanted.names if name not in MEASURES]
    if unknown:
        parser.error(f"there is no measure named {unknown[0]}")
    return wanted


def _measure(name: str) -> Measure:
    module = import_module(f"tests.bench.{MODULES.get(name, name.replace('-', '_'))}")
    measure: Measure = module.measure
    return measure


def _tell(figures: Sequence[Figure], failure: str, seconds: float) -> None:
    for figure in figures:
        print(figure.line())
    if failure:
        print(f"  could not be measured: {failure}")
    print(f"  ({seconds:.0f} s)\n", flush=True)


def _sum_up(found: dict[str, list[Figure]], failed: dict[str, str]) -> None:
    figures = [figure for each in found.values() for figure in each]
    limited = [figure for figure in figures if figure.verdict is not Verdict.TOLD]
    missed = [figure for figure in limited if figure.verdict is Verdict.MISSED]
    print(f"{len(limited) - len(missed)} of {len(limited)} limits are met. {_machine()}")
    for figure in missed:
        print(f"  missed: {figure.name}: {figure.value:,.4g} {figure.unit}, at most {figure.limit:,g}")
    for name in failed:
        print(f"  not measured: {name}")


def _report(found: dict[str, list[Figure]], failed: dict[str, str]) -> dict[str, object]:
    return {
        "schema": 1,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
        "measures": [
            {"name": name, "what": MEASURES[name], "figures": [figure.report() for figure in figures]}
            for name, figures in found.items()
        ],
        "failed": failed,
    }


def _machine() -> str:
    system = f"{platform.system()} {platform.release()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
