"""A rig that can't be installed says so loudly, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rigs.debian import RigUnavailable, ensure_installed, installed_version
from tests.rigs.rt import RtRig
from tools import debian


def test_what_is_installed_has_a_version_and_what_is_not_has_none() -> None:
    assert installed_version("bash")
    assert not installed_version("no-such-package-of-ours")


def test_where_nothing_may_be_installed_the_command_to_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "missing_lists", lambda names: list(names))
    monkeypatch.setattr(debian, "as_root", lambda: None)
    with pytest.raises(RigUnavailable, match="Run: sudo tools/apt/install rt"):
        ensure_installed("rt")


def test_on_another_system_it_is_said_what_the_live_servers_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "is_debian", lambda: False)
    with pytest.raises(RigUnavailable, match="need Debian or Ubuntu"):
        ensure_installed("rt")


@pytest.mark.rt
def test_a_server_that_does_not_come_up_says_what_it_complained_about(tmp_path: Path) -> None:
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "broken.pm").write_text("die 'broken on purpose';")
    rig = RtRig(tmp_path)
    try:
        with pytest.raises(RigUnavailable, match="did not start") as said:
            rig.start()
    finally:
        rig.stop()
    assert "broken on purpose" in str(said.value)


@pytest.mark.rt
def test_a_rig_that_was_stopped_comes_back_with_all_it_had(tmp_path: Path) -> None:
    with RtRig(tmp_path) as rig:
        assert rig.cpu_seconds() > 0
        port = int(rig.url.rpartition(":")[2])
        rig.stop()
        rig.serve(port)
        assert rig.url.endswith(f":{port}")
    assert rig.cpu_seconds() == 0
