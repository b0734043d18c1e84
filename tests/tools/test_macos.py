"""What is made for macOS: the recipe can be read, its property lists can be written, and the names agree."""

import ast
import plistlib
from pathlib import Path
from typing import cast

import pytest

from tools.environment import ROOT
from tools.macos import bundle
from tracker import __version__
from tracker.host.policy.managed_preferences import DOMAIN

RECIPES = [ROOT / "installer" / system / "tracker.spec" for system in ("macos", "windows")]


@pytest.mark.parametrize("recipe", RECIPES, ids=["macos", "windows"])
def test_the_recipe_is_python(recipe: Path) -> None:
    assert ast.parse(recipe.read_text("utf-8")).body


def test_info_plist_survives_being_written() -> None:
    info = bundle.info_plist(__version__)
    assert plistlib.loads(plistlib.dumps(info)) == info
    assert info["CFBundleIdentifier"] == DOMAIN
    types = cast("list[dict[str, list[str]]]", info["CFBundleURLTypes"])
    assert [kind["CFBundleURLSchemes"] for kind in types] == [["tracker"]]


def test_the_entitlements_allow_nothing_but_what_is_needed() -> None:
    assert plistlib.loads(plistlib.dumps(bundle.ENTITLEMENTS)) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/platforms/libqminimal.dylib", False),
        ("PySide6/Qt/plugins/newkind/libanything.dylib", False),
        ("PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", True),
        ("PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_ja.qm", False),
    ],
)
def test_only_what_the_program_uses_goes_along(place: str, kept: bool) -> None:
    assert bundle.is_kept(place) is kept
