"""Computers take from the repository what the company has signed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installers.shop import KEY, Shop
from tests.rigs.built_package import OLDER, BuiltPackage
from tests.rigs.clean_debian import Computer
from tools.linux import repository
from tools.linux.freezing import CannotBuild, run
from tracker import __version__

pytestmark = pytest.mark.timeout(300)

LISTS = "dists/stable"
UPDATE = "apt-get update -o Dir::Etc::SourceList=/dev/null"


@pytest.fixture
def kept(shop: Shop, package: BuiltPackage, tmp_path: Path) -> Path:
    """The repository with one release, as it is put back when the test is over."""
    shop.sell_only(package.deb)
    return shop.copy(tmp_path / "kept")


def refused(computer: Computer, script: str) -> str:
    done = computer.sh(script, user="root")
    assert done.returncode != 0, done.stdout
    return done.stdout + done.stderr


def version_of(computer: Computer) -> str:
    return computer.root_sh("dpkg-query -W -f '${Version}' it-tracker")


def test_a_package_that_was_tampered_with_is_refused(
    computer: Computer, shop: Shop, package: BuiltPackage, kept: Path
) -> None:
    computer.root_sh("apt-get purge -y it-tracker; rm -f /var/cache/apt/archives/it-tracker*")
    (deb,) = (shop.folder / "pool").iterdir()
    content = bytearray(deb.read_bytes())
    content[-1000] ^= 1
    deb.write_bytes(content)
    said = refused(computer, shop.guide.step("install"))
    assert "Hash Sum mismatch" in said
    assert not computer.has("/usr/bin/tracker")
    shop.replace_by(kept)
    computer.root_sh(shop.guide.step("install"))


def test_a_list_that_was_tampered_with_is_refused(computer: Computer, shop: Shop, kept: Path) -> None:
    signed = shop.folder / LISTS / "InRelease"
    signed.write_text(signed.read_text().replace("Label: Tracker", "Label: Trickster"))
    assert "The following signatures were invalid" in refused(computer, f"{UPDATE} --error-on=any")
    shop.replace_by(kept)
    (shop.folder / LISTS / "main/binary-amd64/Packages.gz").write_bytes(b"no list")
    (shop.folder / LISTS / "main/binary-amd64/Packages").write_text("Package: it-tracker\nVersion: 1000\n")
    computer.root_sh("rm -rf /var/lib/apt/lists/127.0.0.1*")
    assert "unexpected size" in refused(computer, f"{UPDATE} --error-on=any")
    assert version_of(computer) == __version__
    shop.replace_by(kept)


@pytest.mark.prove
def test_lists_without_a_signature_or_signed_by_somebody_else_are_refused(
    computer: Computer, shop: Shop, kept: Path, tmp_path: Path
) -> None:
    (shop.folder / LISTS / "InRelease").unlink()
    assert "no longer signed" in refused(computer, f"{UPDATE} --error-on=any")
    home = tmp_path / "other"
    home.mkdir(mode=0o700)
    gpg = ("gpg", "--batch", "--homedir", str(home))
    run(*gpg, "--passphrase", "", "--quick-generate-key", f"Somebody <{KEY}>", "ed25519", "sign", "2y")
    shop.sign_as(home)
    run("gpgconf", "--homedir", str(home), "--kill", "all")
    assert "NO_PUBKEY" in refused(computer, f"{UPDATE} --error-on=any")
    shop.replace_by(kept)


@pytest.mark.prove
def test_an_older_release_does_not_come_by_itself(
    computer: Computer, shop: Shop, package: BuiltPackage, kept: Path
) -> None:
    shop.sell_only(package.older)
    said = computer.root_sh(
        f"{UPDATE} && apt-get install --yes --only-upgrade it-tracker && apt-get -y upgrade"
    )
    assert "0 upgraded" in said
    assert version_of(computer) == __version__
    assert OLDER in computer.root_sh("apt-cache policy it-tracker")
    shop.replace_by(kept)


@pytest.mark.prove
def test_lists_of_last_month_do_not_take_the_place_of_newer_ones(
    computer: Computer, shop: Shop, package: BuiltPackage, kept: Path
) -> None:
    shop.publish(package.newer)
    computer.root_sh(UPDATE)
    shop.replace_by(kept)  # as somebody on the way would, who has kept the signed lists from before
    computer.sh(UPDATE, user="root")
    assert "99.0" in computer.root_sh("apt-cache policy it-tracker")


def test_a_missing_key_is_said_plainly(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(CannotBuild, match="gpg"):
        repository.add(tmp_path / "new", [], key="nobody@example.org", home=shop.home)
    assert repository.main([str(tmp_path / "new"), str(tmp_path / "no.deb"), "--key", KEY]) == 1
