"""The policy keys for Windows' Group Policy editor: Tracker.admx (what can be set), Tracker.adml (the words).

By https://learn.microsoft.com/previous-versions/windows/desktop/policy/admx-schema. Each key is there twice:
what stands under POLICIES holds, what stands under RECOMMENDED is where a person starts from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tools.policy_words import as_title, paragraphs
from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import KEYS

if TYPE_CHECKING:
    from tracker.host.policy.policy import Key

POLICIES = r"Software\Policies\Tracker"
RECOMMENDED = r"Software\Policies\Tracker\Recommended"
LONGEST_TEXT = 16_000
"""Characters; what Windows takes where nothing is said is 1,023."""

_DEFINITIONS = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_SUPPORTED = "SUPPORTED_Tracker"
_LEVELS = (("Tracker", "", POLICIES), ("TrackerRecommended", "_recommended", RECOMMENDED))


def name_of(key: Key[object]) -> str:
    """Give a key's name as this format allows it: no dots."""
    return as_title(key.name, "")


def admx() -> str:
    """Give the whole file of what can be set."""
    root = Element("policyDefinitions", {"xmlns": _DEFINITIONS, "revision": "1.0", "schemaVersion": "1.0"})
    namespaces = SubElement(root, "policyNamespaces")
    SubElement(namespaces, "target", {"prefix": "tracker", "namespace": "Tracker.Policies"})
    SubElement(root, "resources", {"minRequiredRevision": "1.0"})
    supported = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(supported, "definition", {"name": _SUPPORTED, "displayName": f"$(string.{_SUPPORTED})"})
    categories = SubElement(root, "categories")
    for category, _ending, _path in _LEVELS:
        entry = SubElement(categories, "category", {"name": category, "displayName": f"$(string.{category})"})
        if category != "Tracker":
            SubElement(entry, "parentCategory", {"ref": "Tracker"})
    policies = SubElement(root, "policies")
    for category, ending, path in _LEVELS:
        for key in KEYS:
            _policy(policies, key, category=category, ending=ending, path=path)
    return _written(root)


def _policy(parent: Element, key: Key[object], *, category: str, ending: str, path: str) -> None:
    name = name_of(key)
    said = {
        "name": name + ending,
        "class": "Both",
        "displayName": f"$(string.{name})",
        "explainText": f"$(string.{name}_about)",
        "key": path,
    }
    if key.form.shape is Shape.YES_OR_NO:
        said["valueName"] = key.name
    else:
        said["presentation"] = f"$(presentation.{name})"
    policy = SubElement(parent, "policy", said)
    SubElement(policy, "parentCategory", {"ref": category})
    SubElement(policy, "supportedOn", {"ref": _SUPPORTED})
    if key.form.shape is Shape.YES_OR_NO:
        for word, value in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, word), "decimal", {"value": value})
    else:
        _element(SubElement(policy, "elements"), key)


def _element(parent: Element, key: Key[object]) -> None:
    named = {"id": name_of(key), "valueName": key.name, "required": "true"}
    match key.form.shape:
        case Shape.NUMBER:
            least, most = key.form.limits
            SubElement(parent, "decimal", {**named, "minValue": str(least), "maxValue": str(most)})
        case Shape.CHOICE:
            element = SubElement(parent, "enum", named)
            for word in key.form.choices:
                item = SubElement(
                    element, "item", {"displayName": f"$(string.{name_of(key)}_{_plain(word)})"}
                )
                SubElement(SubElement(item, "value"), "string").text = word
        case Shape.LIST:
            SubElement(parent, "multiText", named)
        case _:
            SubElement(parent, "text", {**named, "maxLength": str(LONGEST_TEXT)})


def adml() -> str:
    """Give the whole file of the English words."""
    root = Element(
        "policyDefinitionResources", {"xmlns": _DEFINITIONS, "revision": "1.0", "schemaVersion": "1.0"}
    )
    SubElement(root, "displayName").text = "Tracker"
    SubElement(root, "description").text = "Help from IT: the settings that a company makes for its desktops."
    resources = SubElement(root, "resources")
    table = SubElement(resources, "stringTable")
    for name, words in _strings().items():
        SubElement(table, "string", {"id": name}).text = words
    presentations = SubElement(resources, "presentationTable")
    for key in KEYS:
        _presentation(presentations, key)
    return _written(root)


def _strings() -> dict[str, str]:
    strings = {
        "Tracker": "Tracker",
        "TrackerRecommended": "Defaults, which people may change",
        _SUPPORTED: "Tracker on Windows 10 and newer",
    }
    for key in KEYS:
        name = name_of(key)
        strings[name] = f"{as_title(key.name, ' ')} ({key.name})"
        strings[f"{name}_about"] = "\n\n".join(paragraphs(key))
        strings |= {f"{name}_{_plain(word)}": word for word in key.form.choices}
    return strings


def _presentation(parent: Element, key: Key[object]) -> None:
    """Write the field that the editor shows; yes and no are the policy's own Enabled and Disabled."""
    if key.form.shape is Shape.YES_OR_NO:
        return
    presentation = SubElement(parent, "presentation", {"id": name_of(key)})
    named = {"refId": name_of(key)}
    match key.form.shape:
        case Shape.NUMBER:
            field = SubElement(presentation, "decimalTextBox", {**named, "defaultValue": _usual_number(key)})
            field.text = key.name
        case Shape.CHOICE:
            SubElement(presentation, "dropdownList", {**named, "noSort": "true"}).text = key.name
        case Shape.LIST:
            SubElement(presentation, "multiTextBox", named).text = key.name
        case _:
            field = SubElement(presentation, "textBox", named)
            SubElement(field, "label").text = key.name


def _usual_number(key: Key[object]) -> str:
    return str(key.usual if isinstance(key.usual, int) else key.form.limits[0])


def _plain(word: str) -> str:
    return word.replace("-", "_").replace(".", "_").replace(" ", "_")


def _written(root: Element) -> str:
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
