"""From a clean Debian to a notification, and away again, by the administrator's guide alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.installers.person import PROGRAM, Person
from tests.installers.shop import Shop
from tests.rigs.built_package import OLDER, BuiltPackage
from tests.rigs.clean_debian import HOMES, USER, CleanDebian, Computer
from tests.rigs.desktop import Desktop, wait_until
from tests.rigs.rt import JANE, TESS, RtRig
from tests.rigs.technician import Technician

pytestmark = [pytest.mark.rt, pytest.mark.desktop, pytest.mark.timeout(400)]

POLICY = "/etc/tracker/policy.d/10-desk.toml"
QUIET = "/etc/tracker/policy.d/20-quiet.toml"
AUTOSTART = "/etc/xdg/autostart/it-tracker.desktop"
SUBJECT = "The dock powers one screen only"


@pytest.fixture(scope="module")
def rt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtRig]:
    with RtRig(tmp_path_factory.mktemp("rt")) as rig:
        yield rig


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop(wm="openbox", notifier="dunst", keyring="unlocked", size=(1280, 900)) as started:
        yield started


def version_of(computer: Computer) -> str:
    return computer.root_sh("dpkg-query -W -f '${Status} ${Version}' it-tracker")


def test_a_stranger_does_it_all_by_the_guide(
    clean: CleanDebian, shop: Shop, package: BuiltPackage, desktop: Desktop, rt: RtRig
) -> None:
    shop.sell_only(package.older)
    guide = shop.guide.with_addresses({"https://rt.example.org": rt.url})
    computer = clean.computer()
    assert not computer.has("/usr/bin/python3")
    shop.make_trusted(computer)
    for step in ("trust", "install", "policy"):
        said = computer.root_sh(guide.step(step))
    assert "3 values, 2 of them locked" in said
    assert version_of(computer) == f"install ok installed {OLDER}"

    # Tests run at night and on Sundays too, when people are told nothing by themselves.
    told = "[notifications]\nquiet_hours = false\nquiet_weekend = false\n"
    computer.root_sh(f"echo '{told}' > {QUIET}")

    jane = Person(computer, desktop)
    watch = desktop.watch()
    jane.does(f"echo {JANE.password} > password.txt")
    assert "Signed in as jane." in jane.does(guide.step("sign-in"))
    program = jane.starts("--autostart")  # as the package's entry starts it at sign-in
    jane.does(guide.step("request"))
    tess = Technician(rt, TESS)
    wait_until(lambda: bool(tess.tickets(JANE, SUBJECT)), what="the request at the desk")
    (number,) = tess.tickets(JANE, SUBJECT)
    tess.take(number)
    watch.wait_for(lambda seen: TESS.real_name in seen.body, timeout=30)
    assert "✓ sign-in" in jane.does(guide.step("doctor"))

    _upgrade(jane, shop, package)
    tess.reply(number, "The dock was replaced.")
    watch.wait_for(lambda seen: "dock was replaced" in seen.body, timeout=30)
    assert program.poll() is None, "the upgrade threw her out"
    desktop.end(program)
    assert SUBJECT in jane.does("tracker list")
    tess.close()
    _go_back_and_leave(computer, shop)


def _upgrade(jane: Person, shop: Shop, package: BuiltPackage) -> None:
    computer = jane.computer
    computer.root_sh(f"echo '# ours' >> {AUTOSTART}")
    shop.publish(package.deb)
    computer.root_sh(shop.guide.step("upgrade"))
    assert version_of(computer) != f"install ok installed {OLDER}"
    assert computer.root_sh(f"tail -1 {AUTOSTART}").strip() == "# ours"
    assert computer.has(POLICY)


def _go_back_and_leave(computer: Computer, shop: Shop) -> None:
    computer.root_sh(shop.guide.step("back").replace("OLDER", OLDER))
    assert version_of(computer) == f"install ok installed {OLDER}"
    computer.root_sh(shop.guide.step("remove"))
    left = ("/usr/bin/tracker", PROGRAM, "/usr/share/applications/it-tracker.desktop")
    assert not any(computer.has(place) for place in left)
    assert "TryExec=/usr/bin/tracker" in computer.root_sh(f"cat {AUTOSTART}")
    computer.root_sh(shop.guide.step("purge"))
    assert computer.root_sh("find /usr /var/lib/dpkg/info -iname '*it-tracker*'") == ""
    assert set(computer.root_sh("find /etc/tracker -type f").split()) == {POLICY, QUIET}
    assert computer.has(f"{HOMES[USER]}/.local/share/it-tracker/tracker.db")
