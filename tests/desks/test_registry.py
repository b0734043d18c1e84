"""A kind of desk leads to its connector, also to one that another package brings."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.registry import kinds, open_desk
from tracker.model.errors import DeskError

URL = "http://127.0.0.1:9"


async def no_secret() -> Secret:
    return Secret(SecretKind.PASSWORD, "none")


def offer(folder: Path, name: str, code: str) -> None:
    """Lay an installed package into a folder that brings a connector."""
    (folder / f"{name}_desk.py").write_text(code)
    info = folder / f"{name}_desk-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-desk\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[tracker.desks]\n{name} = {name}_desk:open_desk\n")


def test_our_own_kinds_open_without_asking_anybody() -> None:
    for kind in ("frontdesk", "rt", "matrix"):
        assert open_desk(DeskConfig(kind, URL, "jane"), no_secret).kind == kind
    assert kinds()[:3] == ("frontdesk", "rt", "matrix")


def test_another_package_brings_a_connector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(tmp_path, "paper", "def open_desk(config, secret):\n    return (config.kind, config.url)\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "paper" in kinds()
    assert open_desk(DeskConfig("paper", URL, "jane"), no_secret) == ("paper", URL)  # type: ignore[comparison-overlap]


def test_an_unknown_kind_is_said_plainly() -> None:
    with pytest.raises(DeskError, match="no connector of the kind “pigeon”"):
        open_desk(DeskConfig("pigeon", URL, "jane"), no_secret)


def test_a_broken_connector_of_others_is_said_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: Callable[..., None]
) -> None:
    offer(tmp_path, "rusty", "raise RuntimeError('no')\n")
    monkeypatch.syspath_prepend(tmp_path)
    expected_logs("connector rusty cannot be loaded")
    with pytest.raises(DeskError, match="does not work with this program"):
        open_desk(DeskConfig("rusty", URL, "jane"), no_secret)


def test_a_bad_address_is_said_plainly() -> None:
    for url in ("not an address", "http://desk.example/", "ftp://desk.example", "desk.example:99999"):
        with pytest.raises(DeskError) as refused:
            open_desk(DeskConfig("frontdesk", url, "jane"), no_secret)
        assert str(refused.value).endswith(".")


def test_no_connector_is_imported_before_it_is_used() -> None:
    code = (
        "import sys, tracker.desks.registry as registry; registry.kinds();"
        "print([name for name in ('tracker.desks.rt', 'httpx', 'msgspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
