"""Real tray hosts: trayer (XEmbed) and xfce4-panel (StatusNotifierItem)."""

import subprocess
from typing import Literal

from tracker.host.virtual_desktop import VirtualDesktop, wait_until

TrayHost = Literal["trayer", "xfce4-panel"]

_TRAYER = ["trayer", "--edge", "bottom", "--align", "right", "--width", "20", "--height", "32"]

_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=640;y=785"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/><value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="systray"/>
  </property>
</channel>
"""


def start_tray_host(desktop: VirtualDesktop, kind: TrayHost) -> None:
    """Start a panel and return when programs can put their icon there."""
    if kind == "trayer":
        desktop.spawn([*_TRAYER, "--SetDockType", "true"])
        wait_until(lambda: _owns_tray_selection(desktop), what="trayer")
        return
    settings = desktop.folder / "home" / ".config" / "xfce4" / "xfconf" / "xfce-perchannel-xml"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "xfce4-panel.xml").write_text(_PANEL)
    if not (desktop.folder / "xfconfd.log").exists():
        desktop.spawn(["xfconfd"])
        desktop.wait_for_name("org.xfce.Xfconf")
    desktop.spawn(["xfce4-panel", "--disable-wm-check"])
    desktop.wait_for_name("org.kde.StatusNotifierWatcher")


def _owns_tray_selection(desktop: VirtualDesktop) -> bool:
    """Tell whether the panel's window is there."""
    tree = subprocess.run(
        ["xwininfo", "-root", "-tree"],
        env=desktop.env,
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return "trayer" in tree.stdout
