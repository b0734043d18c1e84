"""The source of the MSI package: every file of the frozen program, shortcuts and registry values, for wixl.

WiX 3's language as far as wixl 0.101 knows it; tools/windows/msi.py adds what it does not know.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tracker.host.autostart import NAME
from tracker.host.policy.registry import RECOMMENDED

if TYPE_CHECKING:
    from pathlib import Path

UPGRADE_CODE = "B1BFC1F0-5C3B-4C9B-8A3B-6F6D2D8C41A7"
"""Stays for ever: by it a new version finds the old one."""
KEPT = r"Software\Tracker\Installer"
"""Where the properties are kept for the next version."""
PROPERTIES = {
    "SERVER_URL": "ServerUrl",
    "DESK_KIND": "DeskKind",
    "AUTOSTART": "Autostart",
    "DESKTOP_SHORTCUT": "DesktopShortcut",
}
"""What an administrator may give, and the name of the registry value that keeps it."""
CONDITIONS = {
    "cServerUrl": "SERVER_URL",
    "cDeskKind": "DESK_KIND",
    "cAutostart": 'AUTOSTART = "1"',
    "cDesktop": 'DESKTOP_SHORTCUT = "1"',
    **{f"cKept{name}": name for name in PROPERTIES},
}
"""When a component is installed; the others always are."""
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APP_ID = "Tracker"
"""The program's AppUserModelID, as tracker/ui/notify gives it to the notification centre."""

_NAMESPACE = uuid.UUID(UPGRADE_CODE)
_TRACKER = "[INSTALLDIR]tracker.exe"


def package_source(folder: Path, *, version: str, icon: Path) -> str:
    """Give the source for the frozen program in this folder, where wixl must run: it takes no full paths."""
    root = Element("Wix", {"xmlns": "http://schemas.microsoft.com/wix/2006/wi"})
    product = SubElement(
        root,
        "Product",
        {
            "Id": "*",
            "Name": "Tracker",
            "Language": "1033",
            "Version": version,
            "Manufacturer": "Tracker",
            "UpgradeCode": UPGRADE_CODE,
        },
    )
    about = {"InstallerVersion": "500", "Compressed": "yes", "InstallScope": "perMachine"}
    SubElement(product, "Package", {**about, "Description": f"Tracker {version}"})
    newer = "A newer version of Tracker is installed already."
    SubElement(product, "MajorUpgrade", {"DowngradeErrorMessage": newer})
    SubElement(product, "Media", {"Id": "1", "Cabinet": "tracker.cab", "EmbedCab": "yes"})
    SubElement(product, "Icon", {"Id": "tracker.ico", "SourceFile": os.path.relpath(icon, folder)})
    _properties(product)
    _no_setup(product)
    components = _places(product, folder)
    feature = SubElement(product, "Feature", {"Id": "Main", "Title": "Tracker", "Level": "1"})
    for component in components:
        SubElement(feature, "ComponentRef", {"Id": component})
    indent(root)
    return tostring(root, encoding="unicode")


def _properties(product: Element) -> None:
    # Nothing here ever restarts a computer, whatever is in use.
    for name, value in (
        ("REBOOT", "ReallySuppress"),
        ("ARPNOMODIFY", "1"),
        ("ARPNOREPAIR", "1"),
        ("ARPPRODUCTICON", "tracker.ico"),
    ):
        SubElement(product, "Property", {"Id": name, "Value": value})
    for name, value in PROPERTIES.items():
        kept = SubElement(product, "Property", {"Id": f"KEPT_{name}"})
        found = {"Root": "HKLM", "Key": KEPT, "Name": value, "Type": "raw"}
        SubElement(kept, "RegistrySearch", {"Id": f"s{value}", **found})


def _no_setup(product: Element) -> None:
    """Refuse where the NSIS setup has installed: two entries would look after one folder."""
    there = SubElement(product, "Property", {"Id": "SETUP"})
    key = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Tracker"
    search = {"Root": "HKLM", "Key": key, "Name": "UninstallString", "Type": "raw"}
    SubElement(there, "RegistrySearch", {"Id": "sSetup", **search})
    message = "Tracker was installed by its setup. Remove that first, in Settings, Apps."
    SubElement(product, "Condition", {"Message": message}).text = "Installed OR NOT SETUP"


def _places(product: Element, folder: Path) -> list[str]:
    """Write the folders with all their components; give the components' names."""
    target = SubElement(product, "Directory", {"Id": "TARGETDIR", "Name": "SourceDir"})
    programs = SubElement(target, "Directory", {"Id": "ProgramFiles64Folder"})
    ours = SubElement(programs, "Directory", {"Id": "INSTALLDIR", "Name": "Tracker"})
    names = [*_files(ours, folder, folder), *_registry(ours)]
    for place, component in (("ProgramMenuFolder", "cMenu"), ("DesktopFolder", "cDesktop")):
        names.append(_shortcut(SubElement(target, "Directory", {"Id": place}), component))
    return names


def _files(parent: Element, folder: Path, top: Path) -> list[str]:
    names = []
    for path in sorted(folder.iterdir()):
        place = path.relative_to(top).as_posix()
        short = hashlib.sha256(place.encode()).hexdigest()[:20]
        if path.is_dir():
            below = SubElement(parent, "Directory", {"Id": f"d{short}", "Name": path.name})
            names += _files(below, path, top)
            continue
        component = _component(parent, f"c{short}")
        about = {"Id": f"f{short}", "Name": path.name, "Source": place, "KeyPath": "yes"}
        SubElement(component, "File", about)
        names.append(f"c{short}")
    return names


def _component(parent: Element, name: str) -> Element:
    guid = str(uuid.uuid5(_NAMESPACE, name)).upper()
    return SubElement(parent, "Component", {"Id": name, "Guid": guid, "Win64": "yes"})


def _shortcut(place: Element, name: str) -> str:
    component = _component(place, name)
    link = {"Id": f"l{name}", "Name": "Tracker", "Target": _TRACKER, "WorkingDirectory": "INSTALLDIR"}
    SubElement(component, "Shortcut", {**link, "Description": "Help from IT", "Icon": "tracker.ico"})
    _value(component, r"Software\Tracker", name, "1", is_key=True)
    return name


def _registry(parent: Element) -> list[str]:
    """Write the values; each that depends on a property has a component of its own."""
    scheme = r"Software\Classes\tracker"
    always = _component(parent, "cScheme")
    _value(always, scheme, "URL Protocol", "", is_key=True)
    _value(always, scheme, "", "URL:Tracker")
    _value(always, rf"{scheme}\DefaultIcon", "", f"{_TRACKER},0")
    _value(always, rf"{scheme}\shell\open\command", "", f'"{_TRACKER}" "%1"')
    _value(always, rf"Software\Classes\AppUserModelId\{APP_ID}", "DisplayName", "Tracker")
    _value(always, r"Software\Microsoft\Windows\CurrentVersion\App Paths\tracker.exe", "", _TRACKER)
    # Starts nothing where neither the person nor IT's policy wants it.
    _value(always, RUN, NAME, f'"{_TRACKER}" --autostart')
    wanted = _component(parent, "cAutostart")
    _value(wanted, RECOMMENDED, "start.autostart", "1", kind="integer", is_key=True)
    given = {
        "cServerUrl": (RECOMMENDED, "desk.url", "[SERVER_URL]"),
        "cDeskKind": (RECOMMENDED, "desk.kind", "[DESK_KIND]"),
        **{f"cKept{name}": (KEPT, value, f"[{name}]") for name, value in PROPERTIES.items()},
    }
    for name, (key, value, content) in given.items():
        _value(_component(parent, name), key, value, content, is_key=True)
    return ["cScheme", "cAutostart", *given]


def _value(
    component: Element, key: str, name: str, content: str, *, kind: str = "string", is_key: bool = False
) -> None:
    about = {"Root": "HKLM", "Key": key, "Type": kind, "Value": content}
    if name:
        about["Name"] = name
    if is_key:
        about["KeyPath"] = "yes"
    SubElement(component, "RegistryValue", about)
