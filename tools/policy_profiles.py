"""The policy keys for macOS: an example profile (.mobileconfig) and the form that Jamf draws."""

from __future__ import annotations

import json
import plistlib
import uuid
from typing import TYPE_CHECKING

from tools.policy_words import as_title, example, paragraphs
from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import DESK_KIND, DESK_URL, KEYS, PROXY
from tracker.host.policy.managed_preferences import DOMAIN

if TYPE_CHECKING:
    from tracker.host.policy.policy import Key

IN_THE_EXAMPLE: tuple[Key[object], ...] = (DESK_KIND, DESK_URL, PROXY)
"""Few and harmless: whoever installs the example as it is can still work."""
AGENT = "it-tracker"
"""The label of the launch agent that tracker/host/autostart.py writes."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, DOMAIN.lower())
_TYPES = {
    Shape.TEXT: "string",
    Shape.YES_OR_NO: "boolean",
    Shape.NUMBER: "integer",
    Shape.CHOICE: "string",
    Shape.LIST: "array",
    Shape.TABLE: "string",
}


def mobileconfig() -> bytes:
    """Give the example: settings that hold, notifications allowed beforehand, the start at sign-in approved.

    By https://developer.apple.com/documentation/devicemanagement; identifiers are the same at each writing.
    """
    settings = {key.name: example(key) for key in IN_THE_EXAMPLE}
    notifications = {
        "BundleIdentifier": DOMAIN,
        "NotificationsEnabled": True,
        "AlertType": 1,
        "BadgesEnabled": True,
        "ShowInNotificationCenter": True,
        "ShowInLockScreen": False,
        "SoundsEnabled": True,
    }
    start = {"RuleType": "Label", "RuleValue": AGENT, "Comment": "Tracker starts at sign-in"}
    program = {"RuleType": "BundleIdentifier", "RuleValue": DOMAIN, "Comment": "Tracker"}
    payloads = (
        _payload(DOMAIN, "Tracker: settings", settings),
        _payload(
            "com.apple.notificationsettings",
            "Tracker: notifications",
            {"NotificationSettings": [notifications]},
        ),
        _payload("com.apple.servicemanagement", "Tracker: start at sign-in", {"Rules": [start, program]}),
    )
    profile = {
        **_payload("Configuration", "Tracker", {}),
        "PayloadDescription": "Where the service desk is, and that its notifications may be shown.",
        "PayloadOrganization": "Example Company",
        "PayloadScope": "System",
        "PayloadRemovalDisallowed": True,
        "PayloadContent": list(payloads),
    }
    return plistlib.dumps(profile)


def _payload(kind: str, title: str, content: dict[str, object]) -> dict[str, object]:
    ours = DOMAIN if kind == "Configuration" else f"{DOMAIN}.{kind.rpartition('.')[2].lower()}"
    return {
        "PayloadType": kind,
        "PayloadVersion": 1,
        "PayloadIdentifier": ours,
        "PayloadUUID": str(uuid.uuid5(_NAMESPACE, kind)).upper(),
        "PayloadDisplayName": title,
        **content,
    }


def manifest() -> str:
    """Give the form for Jamf's “Application & Custom Settings”, “External Applications”, “Custom Schema”."""
    fields = {key.name: _field(key, order) for order, key in enumerate(KEYS, start=1)}
    form = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Tracker ({DOMAIN})",
        "description": "Help from IT: the settings that a company makes for its desktops. They hold.",
        "type": "object",
        "properties": fields,
    }
    return json.dumps(form, indent=2, ensure_ascii=False) + "\n"


def _field(key: Key[object], order: int) -> dict[str, object]:
    field: dict[str, object] = {
        "title": as_title(key.name, " "),
        "description": " ".join(paragraphs(key)),
        "property_order": order,
        "type": _TYPES[key.form.shape],
    }
    if key.form.shape is Shape.CHOICE:
        field["enum"] = list(key.form.choices)
    if key.form.shape is Shape.NUMBER:
        field["minimum"], field["maximum"] = key.form.limits
    if key.form.shape is Shape.LIST:
        field["items"] = {"type": "string"}
    return field
