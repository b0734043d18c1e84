"""sync and watch: ask the desk, and tell what is new."""

import argparse
import queue
import signal
import threading
from functools import partial
from types import FrameType

import msgspec

from tracker.cli.office import Office
from tracker.cli.output import complain, failed, write, write_json
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.reading import local_zone, open_reader
from tracker.core.shapes import SCHEMA, SyncReport, WatchEvent, WatchNotice
from tracker.host.paths import ProfilePaths

_line = msgspec.json.Decoder(WatchEvent | WatchNotice)


def sync(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Catch up once and print what changed and the notices that the policy decided."""
    lines: list[WatchEvent | WatchNotice] = []
    with Office(paths) as office:
        for answer in office.answers(ask.Sync()):
            if isinstance(answer, ask.Line):
                lines.append(_line.decode(answer.line))
            elif isinstance(answer, ask.CaughtUp):
                return _tell(answer, lines, paths, as_json=arguments.json)
            else:
                return failed(answer)
    return exits.REFUSED


def watch(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Print a line for every event and notice until stopped."""
    ended: queue.SimpleQueue[int | BaseException] = queue.SimpleQueue()

    def stop(_number: int, _frame: FrameType | None) -> None:
        ended.put(exits.DONE)

    # A handler that raises may be called where Python drops exceptions: then the signal is lost.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with Office(paths) as office:
        follow = partial(_follow, office, ended, as_json=arguments.json)
        threading.Thread(target=follow, name="watch", daemon=True).start()
        end = ended.get()
    if isinstance(end, BaseException):
        raise end
    return end


def _follow(office: Office, ended: "queue.SimpleQueue[int | BaseException]", *, as_json: bool) -> None:
    """Print what comes, until there is nothing more to come; `ended` hears how it ended."""
    try:
        for answer in office.answers(ask.Watch()):
            if not isinstance(answer, ask.Line):
                ended.put(failed(answer))
                return
            if as_json:
                write_json(answer.line)
            else:
                _print(_line.decode(answer.line))
        ended.put(exits.DONE)
    except BaseException as error:  # all of them belong to the thread that waits for the end
        ended.put(error)


def _tell(
    done: ask.CaughtUp, lines: list[WatchEvent | WatchNotice], paths: ProfilePaths, *, as_json: bool
) -> int:
    reader = open_reader(paths)
    as_of = reader.as_of() if reader is not None else None
    if as_json:
        events = tuple(line for line in lines if isinstance(line, WatchEvent))
        notices = tuple(line.notice for line in lines if isinstance(line, WatchNotice))
        there = as_of.astimezone(local_zone()) if as_of else None
        write_json(SyncReport(SCHEMA, done.done, there, done.reason or None, done.tickets, events, notices))
    else:
        for line in lines:
            _print(line)
        if done.done:
            count = len(done.tickets)
            write("1 request changed." if count == 1 else f"{count} requests changed.")
    if done.done:
        return exits.DONE
    complain(done.reason)
    return exits.SIGN_IN if done.sign_in_needed else exits.UNREACHABLE


def _print(line: WatchEvent | WatchNotice) -> None:
    if isinstance(line, WatchEvent):
        write(f"{line.event.at:%H:%M:%S}  {line.ticket}  {line.event.kind}  {line.event.text[:100]}")
    else:
        write(
            f"{line.notice.at:%H:%M:%S}  told ({line.notice.show}): {line.notice.title}: {line.notice.body}"
        )
