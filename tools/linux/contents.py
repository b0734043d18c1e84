"""What the installed program is made of: a list of its parts (CycloneDX) and their licences."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tools.linux.bundle import left_out, runtime_distributions
from tracker import __version__

if TYPE_CHECKING:
    from pathlib import Path

_NAMESPACE = UUID(
    "6ba7b812-9dad-11d1-80b4-00c04fd430c8"
)  # for what is named by an object identifier: RFC 9562
_LICENCE_FILE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice|authors)[^/]*$|/licenses/")


@dataclass(frozen=True, slots=True)
class Part:
    """One library in the bundle, with the names of its licences as it states them."""

    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """List the libraries of the installed program: those of the run time that are not left out."""
    out = set(left_out())
    modules: dict[str, set[str]] = {}
    for module, owners in metadata.packages_distributions().items():
        for owner in owners:
            modules.setdefault(canonicalize_name(owner), set()).add(module)
    names = sorted(
        name for name in runtime_distributions() - {"tracker"} if not modules.get(name) or modules[name] - out
    )
    return [_part(name) for name in names]


def bill_of_materials(moment: int, frozen_python: str) -> str:
    """Write the parts as CycloneDX 1.6 in JSON, dated with this Unix time."""
    bom = Bom(serial_number=uuid5(_NAMESPACE, f"it-tracker {__version__} {moment}"))
    bom.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    program = Component(
        name="it-tracker",
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref=f"it-tracker@{__version__}",
    )
    bom.metadata.component = program
    python = Component(
        name="cpython", version=frozen_python, type=ComponentType.PLATFORM, bom_ref=f"cpython@{frozen_python}"
    )
    found = [python, *(_component(part) for part in parts())]
    for component in found:
        bom.components.add(component)
    bom.register_dependency(program, found)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def copy_licences(to: Path) -> None:
    """Lay down the licence texts that the libraries come with, a folder for each."""
    for part in parts():
        for file in metadata.distribution(part.name).files or ():
            source = file.locate()
            if ".dist-info/" in str(file) and _LICENCE_FILE.search(str(file)):
                target = to / part.name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(source), target)


def _component(part: Part) -> Component:
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{part.name}@{part.version}",
        purl=PackageURL("pypi", None, part.name, part.version),
        description=f"Licence as stated: {part.licence}",
    )


def _part(name: str) -> Part:
    told = metadata.metadata(name)
    stated = _field(told, "License-Expression")
    if not stated:
        kinds = [
            each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if "License ::" in each
        ]
        stated = ", ".join(kinds) or _field(told, "License").partition("\n")[0]
    return Part(name, metadata.version(name), stated or "not stated")


def _field(told: metadata.PackageMetadata, name: str) -> str:
    return str((told.get_all(name) or [""])[0])
