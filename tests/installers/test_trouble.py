"""Installing is cut off, killed, or runs out of disk: the old program or none, never half a one."""

from __future__ import annotations

import pytest

from tests.installers.person import PROGRAM
from tests.installers.shop import Shop
from tests.rigs.built_package import NEWER, BuiltPackage
from tests.rigs.clean_debian import Computer
from tracker import __version__

pytestmark = pytest.mark.timeout(300)

DEB = "/tmp/it-tracker.deb"
STATE = "dpkg-query -W -f '${db:Status-Status} ${Version}' it-tracker || true"


def works(computer: Computer) -> bool:
    said = computer.sh("tracker --version && QT_QPA_PLATFORM=offscreen tracker doctor")
    return said.stdout.startswith("tracker ") and "Traceback" not in said.stderr


def kill_while_unpacking(computer: Computer) -> None:
    """Start dpkg, and kill it as soon as a first new file of the package lies on the disk."""
    computer.root_sh(f"""
        dpkg --install {DEB} >/dev/null 2>&1 & running=$!
        until ls {PROGRAM}/_internal/*.dpkg-new >/dev/null 2>&1; do kill -0 $running; done
        kill -KILL $running
        ! wait $running
        """)


@pytest.mark.prove
def test_a_first_installation_that_was_cut_off_leaves_nothing_that_starts_and_is_mended(
    computer: Computer, shop: Shop, package: BuiltPackage
) -> None:
    shop.sell_only(package.deb)
    computer.root_sh("dpkg --purge it-tracker")
    computer.bring(package.deb, DEB)
    computer.root_sh(f"dpkg --unpack {DEB}")
    assert computer.root_sh(STATE).startswith("unpacked")
    computer.root_sh(shop.guide.step("repair"))
    assert computer.root_sh(STATE) == f"installed {__version__}"
    assert works(computer)


@pytest.mark.prove
def test_a_first_installation_that_was_killed_leaves_nothing_that_starts_and_is_mended(
    computer: Computer, shop: Shop, package: BuiltPackage
) -> None:
    shop.sell_only(package.deb)
    computer.root_sh("dpkg --purge it-tracker")
    computer.bring(package.deb, DEB)
    kill_while_unpacking(computer)
    assert "half-installed" in computer.root_sh(STATE)
    assert not computer.has("/usr/bin/tracker")
    computer.root_sh(shop.guide.step("repair"))
    assert computer.root_sh(STATE) == f"installed {__version__}"
    assert works(computer)


def test_an_upgrade_that_was_killed_leaves_the_old_program_whole_and_is_mended(
    computer: Computer, shop: Shop, package: BuiltPackage
) -> None:
    shop.sell_only(package.deb, package.newer)
    computer.bring(package.newer, DEB)
    kill_while_unpacking(computer)
    assert works(computer)
    computer.root_sh("apt-get update")
    computer.root_sh(shop.guide.step("repair"))
    assert computer.root_sh(STATE) == f"installed {NEWER}"
    assert works(computer)
    assert not computer.root_sh(f"find {PROGRAM} -name '*.dpkg-*'")
    shop.sell_only(package.deb)


@pytest.mark.prove
def test_without_space_it_is_said_so_and_nothing_is_left_half(
    computer: Computer, shop: Shop, package: BuiltPackage
) -> None:
    shop.sell_only(package.deb)
    computer.root_sh("dpkg --purge it-tracker")
    computer.small_disk(PROGRAM, "20m")
    done = computer.sh(shop.guide.step("install"), user="root")
    assert done.returncode != 0
    assert "No space left on device" in done.stdout + done.stderr
    assert not computer.has("/usr/bin/tracker")
    computer.large_disk(PROGRAM)
    computer.root_sh(shop.guide.step("repair"))
    assert works(computer)
