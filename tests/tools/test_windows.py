"""What is made for Windows: the icon, the package, what goes along, and what Wine's registry says."""

import re
import struct
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tools.environment import ROOT
from tools.windows import plugins
from tools.windows.icon import SIZES, write_icon
from tools.windows.package_source import CONDITIONS, PROPERTIES, package_source
from tools.windows.wine import registry_values
from tracker.host.autostart import NAME
from tracker.host.policy.keys import KEYS

NS = "{http://schemas.microsoft.com/wix/2006/wi}"
SETUP = (ROOT / "installer" / "windows" / "tracker.nsi").read_text("utf-8")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    (folder / "_internal" / "deep").mkdir(parents=True)
    for name in ("tracker.exe", "tracker.com", "_internal/a.dll", "_internal/deep/a.dll"):
        (folder / name).touch()
    return folder


def test_the_icon_has_every_size_where_its_table_says(tmp_path: Path) -> None:
    write_icon(tmp_path / "t.ico")
    data = (tmp_path / "t.ico").read_bytes()
    count = struct.unpack_from("<HHH", data)[2]
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * place) for place in range(count)]
    assert [entry[0] or 256 for entry in entries] == list(SIZES)
    for width, *_rest, length, place in entries:
        image = data[place : place + length]
        assert len(image) == length
        assert image.startswith(b"\x89PNG") if width == 0 else struct.unpack_from("<II", image)[1] == width
    assert place + length == len(data)


def test_the_package_has_each_file_in_a_component_of_its_own(program: Path, tmp_path: Path) -> None:
    root = fromstring(package_source(program, version="1.2.3", icon=tmp_path / "t.ico"))  # noqa: S314 - ours
    files = {file.get("Source") for file in root.iter(f"{NS}File")}
    assert files == {"tracker.exe", "tracker.com", "_internal/a.dll", "_internal/deep/a.dll"}
    components = [component.get("Id") for component in root.iter(f"{NS}Component")]
    assert len(set(components)) == len(components)
    assert sorted(entry.get("Id") or "" for entry in root.iter(f"{NS}ComponentRef")) == sorted(
        component or "" for component in components
    )
    assert set(CONDITIONS) <= set(components)
    guids = [component.get("Guid") for component in root.iter(f"{NS}Component")]
    assert len(set(guids)) == len(guids)


def test_names_stay_the_same_from_version_to_version(program: Path, tmp_path: Path) -> None:
    sources = [
        package_source(program, version=version, icon=tmp_path / "t.ico") for version in ("1.0.0", "1.1.0")
    ]
    assert sources[0].replace("1.0.0", "1.1.0") == sources[1]


def test_both_installers_write_policy_keys_that_there_are(program: Path, tmp_path: Path) -> None:
    names = {key.name for key in KEYS}
    source = package_source(program, version="1.2.3", icon=tmp_path / "t.ico")
    by_package = set(re.findall(r'Name="(\w+\.\w+)"', source)) - {"tracker.exe", "tracker.com", "a.dll"}
    by_setup = set(re.findall(r'WriteReg\w+ HKLM "\$\{RECOMMENDED\}" "([^"]+)"', SETUP))
    assert by_package == by_setup
    assert by_package <= names


def test_the_setup_takes_removes_and_remembers_the_same_as_the_package() -> None:
    assert set(re.findall(r'Settle \$\w+ "(\w+)" "(\w+)"', SETUP)) == set(PROPERTIES.items())
    written = set(re.findall(r'WriteReg\w+ HKLM "(\$\{RECOMMENDED\}|\$\{RUN\})" "([^"]+)"', SETUP))
    assert written == set(re.findall(r'DeleteRegValue HKLM "(\$\{RECOMMENDED\}|\$\{RUN\})" "([^"]+)"', SETUP))
    assert f'"{NAME}"' in SETUP


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (r"PySide6\plugins\platforms\qwindows.dll", True),
        (r"PySide6\plugins\platforms\qdirect2d.dll", False),
        (r"PySide6\plugins\sqldrivers\qsqlite.dll", False),
        (r"PySide6\plugins\newkind\anything.dll", False),
        (r"PySide6\translations\qtbase_de.qm", True),
        (r"PySide6\translations\qtbase_ja.qm", False),
        (r"PySide6\Qt6Core.dll", True),
        (r"PySide6\opengl32sw.dll", False),
        (r"PySide6\Qt6QuickControls2.dll", False),
        (r"python311.dll", True),
    ],
)
def test_only_what_the_program_uses_goes_along(place: str, kept: bool) -> None:
    assert plugins.is_kept(place) is kept


def test_all_of_ours_goes_along_but_the_desk_for_pilots() -> None:
    ours = plugins.our_modules()
    assert {"tracker.app.main", "tracker.desks.rt.desk", "tracker.host.policy.registry"} <= set(ours)
    assert [name for name in ours if name.startswith(("tracker.frontdesk", "tracker.demo"))] == []


def test_what_reg_prints_is_read_value_by_value() -> None:
    said = (
        "\nHKEY_LOCAL_MACHINE\\Software\\Policies\\Tracker\n"
        "    desk.url    REG_SZ    https://rt.example.org/a b\n"
        "    empty    REG_SZ    \n\nHKEY_LOCAL_MACHINE\\Software\\Policies\\Tracker\\Recommended\n"
        "    start.autostart    REG_DWORD    0x1\n"
    )
    place = "hkey_local_machine\\software\\policies\\tracker"
    assert registry_values(said) == {
        rf"{place}\desk.url": "https://rt.example.org/a b",
        rf"{place}\empty": "",
        rf"{place}\recommended\start.autostart": "0x1",
    }
    assert registry_values("reg: Unable to find the specified registry key\n") == {}
