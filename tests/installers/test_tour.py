"""The installed program, not the source, takes the tour: it has been given a pair of hands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installers.person import Person
from tests.rigs.built_package import BuiltPackage
from tests.rigs.clean_debian import Computer
from tests.rigs.desktop import Desktop
from tracker.demo.stage_set import EMPLOYEE, TECHNICIAN, stage_set
from tracker.demo.technician import Technician
from tracker.demo.tour import Tour, take_all

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop(wm="openbox", notifier="dunst", keyring="unlocked", size=(1280, 900)) as started:
        yield started


def test_the_installed_program_passes_the_tour(
    computer: Computer, desktop: Desktop, package: BuiltPackage, tmp_path: Path
) -> None:
    tmp_path.chmod(0o777)
    computer.share(tmp_path, str(tmp_path))
    policy = "[notifications]\nquiet_hours = false\nquiet_weekend = false\n"
    computer.root_sh(f"echo '{policy}' > /etc/tracker/policy.d/10-quiet.toml")
    jane = Person(computer, desktop)
    watch = desktop.watch()
    with stage_set() as made, Technician(made.url, TECHNICIAN, made.technician_password) as technician:
        words = f"tracker sign-in --desk frontdesk --url {made.url} --user {EMPLOYEE} --password-stdin"
        jane.does(words, text=made.employee_password + "\n")
        with jane.window(package.hands, password=made.employee_password) as window:
            take_all(Tour(window, technician, watch=watch, desktop=desktop, to=tmp_path), window, technician)
            assert window.quit() == 0
    assert len(list(tmp_path.glob("*.png"))) == 32
