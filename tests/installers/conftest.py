"""One build, one repository and one installation for all tests; each test has a computer of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.installers.shop import Shop
from tests.rigs.built_package import BuiltPackage, built_package
from tests.rigs.clean_debian import CleanDebian, Computer, ready_base
from tools.environment import ROOT
from tools.linux.freezing import run

PAGE = ROOT / "docs" / "deploy" / "linux.md"


@pytest.hookimpl(tryfirst=True)  # this one comes before that of the folder above, which reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these tests need the package and a clean Debian."""
    for item in items:
        if "tests/installers" in str(item.path) and "test_bundle" not in str(item.path):
            item.add_marker(pytest.mark.installers)


@pytest.fixture(scope="session")
def package() -> BuiltPackage:
    """The package of this source."""
    return built_package()


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A package server with a key of its own."""
    with Shop(tmp_path_factory.mktemp("apt"), PAGE) as opened:
        yield opened


@pytest.fixture(scope="session")
def clean(package: BuiltPackage) -> Iterator[CleanDebian]:
    """A Debian with nothing of ours."""
    told = run("dpkg-deb", "--field", str(package.deb), "Depends")
    needed = sorted(each.partition(" (")[0].strip() for each in told.split(","))
    with CleanDebian(ready_base(needed)) as unpacked:
        yield unpacked


@pytest.fixture(scope="session")
def installed(clean: CleanDebian, shop: Shop, package: BuiltPackage) -> Computer:
    """A computer on which the guide was followed until the package is installed; leave it as it is."""
    shop.publish(package.deb)
    computer = clean.computer()
    shop.make_trusted(computer)
    for step in ("trust", "install"):
        computer.root_sh(shop.guide.step(step))
    return computer


@pytest.fixture
def computer(clean: CleanDebian, installed: Computer) -> Computer:
    """A computer that has the package, for one test."""
    return clean.computer(installed)
