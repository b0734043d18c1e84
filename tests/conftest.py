"""The same ground under every test: a home of its own, loopback only, no surprises in the log."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import guards
from tests.guards import LogWatch, OnlyLoopback, threads_left

pytest.register_assert_rewrite("tests.contract", "tests.fakes", "tests.rigs")

# A person's own settings would change what tests see; tests would reach the person's desktop and keyring.
REMOVED = (
    *(
        "DBUS_SESSION_BUS_ADDRESS",
        "DISPLAY",
        "LC_ALL",
        "TRACKER_PASSWORD",
        "TRACKER_PROFILE",
        "WAYLAND_DISPLAY",
    ),
    *("QT_QPA_PLATFORMTHEME", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE"),
    *("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "http_proxy", "https_proxy"),
)
GIVEN = {
    "LANG": "C.UTF-8",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "QT_QPA_PLATFORM": "offscreen",
    "TZ": "Europe/Berlin",  # not UTC, and with summer time: naive times show
}
HOMES = {
    "HOME": "",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": "run",
    "XDG_STATE_HOME": ".local/state",
}


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment before any test module is imported."""
    for name in REMOVED:
        os.environ.pop(name, None)
    os.environ.update(GIVEN)
    time.tzset()
    home = Path(tempfile.mkdtemp(prefix="tracker-home-"))  # short: paths of local sockets are limited
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ.update({name: str(home / folder) for name, folder in HOMES.items()})
    settings.register_profile("here", deadline=None)
    settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
    settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist looks for its groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what mounts a small disk; keep tests that share a live server in one process of pytest-xdist."""
    for item in items:
        if "small_disk" in getattr(item, "fixturenames", ()):
            item.add_marker("disk")
        group = guards.group_of(item)
        if group:
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Spell out half characters in what a test printed or logged: pytest-xdist cannot send them."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests as the program runs: on asyncio."""
    return "asyncio"


@pytest.fixture(autouse=True)
def home() -> Iterator[Path]:
    """Give an empty home folder, the one that HOME and the XDG folders point into."""
    place = Path(os.environ["HOME"])
    Path(os.environ["XDG_RUNTIME_DIR"]).mkdir(mode=0o700, parents=True, exist_ok=True)
    yield place
    for entry in place.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[OnlyLoopback]:
    guard = OnlyLoopback()
    with pytest.MonkeyPatch.context() as patch:
        guard.put_up(patch.setattr)
        yield guard


@pytest.fixture(autouse=True)
def _nothing_refused(_only_loopback: OnlyLoopback) -> Iterator[None]:
    _only_loopback.refused.clear()
    yield
    assert not _only_loopback.refused, "a test tried to leave this machine"


@pytest.fixture(autouse=True)
def expected_logs(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Give a function that says which warnings this test expects. Any other fails it; so does a missing one.

    The marker `expected_logs("pattern", ...)` says the same.
    """
    watch = LogWatch()
    for marker in request.node.iter_markers("expected_logs"):
        watch.expect(*marker.args)
    logging.getLogger().addHandler(watch)
    yield watch.expect
    logging.getLogger().removeHandler(watch)
    assert not watch.complaints()


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert not threads_left(before), "a test left threads running"
