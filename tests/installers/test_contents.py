"""What is in the package: the whole program, what it was said to be made of, and nothing of this computer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path

import jsonschema
import pytest
from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader
from referencing import Registry, Resource

from tests.rigs.built_package import MOMENT, BuiltPackage
from tools.environment import ROOT
from tools.linux.bundle import QT_PLUGINS, modules, runtime_distributions
from tools.linux.contents import parts
from tools.linux.freezing import run
from tools.linux.package import Compression, Release, build
from tracker import __version__
from tracker.cli.arguments import parser

pytestmark = pytest.mark.timeout(300)

SHARE = "usr/share"
LARGEST = 130
"""Megabytes on the disk: a new Qt that brings more shall be noticed."""


def frozen_modules(package: BuiltPackage) -> frozenset[str]:
    program = CArchiveReader(str(package.tree / "usr/lib/it-tracker/tracker"))
    (archive,) = [name for name in program.toc if name.endswith(".pyz")]
    return frozenset(program.open_embedded_archive(archive).toc)


def test_every_module_of_tracker_is_in_it_also_those_that_are_loaded_late(package: BuiltPackage) -> None:
    frozen = frozen_modules(package)
    assert modules() - frozen == set()
    assert {"tracker.desks.rt.desk", "tracker.desks.matrix.desk", "tracker.cli.doctor"} <= frozen
    assert not [name for name in frozen if name.startswith(("tracker.frontdesk", "tracker.demo"))]


def test_nothing_is_in_it_that_only_developers_need(package: BuiltPackage) -> None:
    owners = metadata.packages_distributions()
    tops = {name.partition(".")[0] for name in frozen_modules(package)} - sys.stdlib_module_names
    strangers = {
        top
        for top in tops
        if not any(canonicalize_name(owner) in runtime_distributions() for owner in owners.get(top, ()))
    }
    assert {
        name for name in strangers if not name.startswith(("_sysconfigdata", "_cffi", "_pyi_rth"))
    } == set()


def test_the_plug_ins_of_qt_are_those_of_the_list(package: BuiltPackage) -> None:
    place = package.tree / "usr/lib/it-tracker/_internal/PySide6/Qt/plugins"
    found = {(file.parent.name, file.name) for file in place.rglob("*.so")}
    unlisted = {(kind, name) for kind, name in found if name not in (QT_PLUGINS.get(kind, {}) or {name})}
    assert unlisted == set()
    wanted = {(kind, name) for kind, names in QT_PLUGINS.items() for name in names or ()}
    assert wanted - found == set()


def test_the_files_of_the_program_are_in_it(package: BuiltPackage) -> None:
    top, inside = ROOT / "tracker", package.tree / "usr/lib/it-tracker/_internal/tracker"
    kinds = (".sql", ".svg", ".qss", ".txt")
    wanted = [file.relative_to(top) for file in top.rglob("*") if file.suffix in kinds]
    missing = [name for name in wanted if name.parts[0] != "frontdesk" and not (inside / name).is_file()]
    assert len(wanted) > 50
    assert missing == []


def test_no_link_leads_nowhere_and_no_file_tells_of_this_computer(package: BuiltPackage) -> None:
    paths = list(package.tree.rglob("*"))
    assert [path for path in paths if path.is_symlink() and not path.exists()] == []
    telling = [path for path in paths if path.is_file() and bytes(ROOT) + b"/" in path.read_bytes()]
    assert telling == []


def test_the_list_of_parts_is_sound_and_names_what_is_in_the_program(package: BuiltPackage) -> None:
    told = json.loads((package.tree / SHARE / "doc/it-tracker/it-tracker.cdx.json").read_text("utf-8"))
    place = resources.files("cyclonedx") / "schema" / "_res"
    registry: Registry[object] = Registry()
    for name in ("spdx", "jsf-0.82"):
        schema = json.loads((place / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
        registry = Resource.from_contents(schema) @ registry
        registry = registry.with_resource(f"{name}.SNAPSHOT.schema.json", Resource.from_contents(schema))
    schema = json.loads((place / "bom-1.6.SNAPSHOT.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema, registry=registry).validate(told)
    named = {component["name"] for component in told["components"]}
    assert {"pyside6-essentials", "httpx", "cryptography", "cpython"} <= named
    assert not {"pytest", "pyinstaller", "starlette", "holidays"} & named
    assert all(part.licence != "not stated" for part in parts())


@pytest.mark.prove
def test_it_packs_to_the_same_bytes_again(package: BuiltPackage, tmp_path: Path) -> None:
    again = build(package.tree, tmp_path, Release(MOMENT + 2), Compression.QUICK)
    third = build(package.tree, tmp_path / "third", Release(MOMENT + 2), Compression.QUICK)
    assert again.read_bytes() == third.read_bytes()


def test_desktops_and_shops_can_read_what_it_says_of_itself(package: BuiltPackage) -> None:
    for entry in (f"{SHARE}/applications/it-tracker.desktop", "etc/xdg/autostart/it-tracker.desktop"):
        assert run("desktop-file-validate", str(package.tree / entry)) == ""
    told = package.tree / SHARE / "metainfo/org.it_tracker.Tracker.metainfo.xml"
    run("appstreamcli", "validate", "--no-net", str(told))


def test_the_manual_has_every_command_and_reads_without_complaint(
    package: BuiltPackage, tmp_path: Path
) -> None:
    page = tmp_path / "tracker.1"
    packed = package.tree / SHARE / "man/man1/tracker.1.gz"
    page.write_bytes(subprocess.run(["gzip", "-dc", packed], capture_output=True, check=True).stdout)
    text = page.read_text("utf-8")
    commands = re.findall(r"[{,](\S+?)(?=[,}])", parser().format_usage().replace("\n", ""))
    for command in (*commands, "sign-in", "doctor", "policy check"):
        assert f".SS {command}".split()[1] in text, command
    assert f"Tracker {__version__}" in text


def test_it_is_no_larger_than_it_was(package: BuiltPackage) -> None:
    files = [file for file in package.tree.rglob("*") if file.is_file() and not file.is_symlink()]
    assert sum(file.stat().st_size for file in files) / 1e6 < LARGEST
