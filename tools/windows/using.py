"""The installed program put to use under Wine: policy, sign-in, a request, the window, a second start."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from tests.rigs.frontdesk import JANE, FrontDeskRig
from tools.windows.installing import PLACE, data_of
from tools.windows.wine import Wine, WineTrouble, is_shown, wait_until

if TYPE_CHECKING:
    from tools.windows.steps import Steps

_POLICIES = r"Software\Policies\Tracker"
COMMAND = rf"{PLACE}\tracker.com"
WINDOW = rf"{PLACE}\tracker.exe"


def prove_use(wine: Wine, desk: FrontDeskRig, steps: Steps, version: str) -> None:
    """Use what is installed, as a person and as IT. Raises WineTrouble at the first thing that is wrong."""
    _wanted("version", _said(wine, "--version").strip() == f"tracker {version}")
    with steps.timed("tracker --version prints, from tracker.com"):
        _said(wine, "--version")
    _prove_policy(wine, desk, steps)
    _prove_desk(wine, desk, steps)
    _prove_window(wine, steps)


def _prove_policy(wine: Wine, desk: FrontDeskRig, steps: Steps) -> None:
    wine.put(rf"HKLM\{_POLICIES}", "privacy.cache_days", "REG_DWORD", "90")
    wine.put(rf"HKLM\{_POLICIES}", "updates.hint", "REG_DWORD", "5")
    wine.put(rf"HKCU\{_POLICIES}", "support.log_level", "REG_SZ", "debug")
    report = json.loads(_said(wine, "policy", "report", "--json"))
    keys = {key["name"]: key for key in report["keys"]}
    days, level, url = keys["privacy.cache_days"], keys["support.log_level"], keys["desk.url"]
    _wanted("a locked number", (days["value"], days["locked"]) == (90, True))
    _wanted("its place", days["source"] == rf"HKLM\{_POLICIES}\privacy.cache_days")
    _wanted("one person's policy", (level["value"], level["locked"]) == ("debug", True))
    _wanted("the address given to the installer", (url["value"], url["locked"]) == (desk.url, False))
    _wanted("a complaint", "must be a REG_SZ" in " ".join(report["complaints"]))
    for hive in ("HKLM", "HKCU"):
        for name in ("privacy.cache_days", "updates.hint", "support.log_level"):
            wine.run("reg.exe", "delete", rf"{hive}\{_POLICIES}", "/v", name, "/f", "/reg:64")
    steps.say("policy report: the registry's values, their places, and what is wrong with one of them")


def _prove_desk(wine: Wine, desk: FrontDeskRig, steps: Steps) -> None:
    where = ["--desk", "frontdesk", "--url", desk.url, "--user", JANE.login]
    with steps.timed("signed in at a desk, the password kept in Windows' own store"):
        _said(wine, "sign-in", *where, "--password-stdin", typed=f"{JANE.password}\n")
    words = ["new", "--service", "other", "--subject", "The printer is out of paper", "--json"]
    with steps.timed("raised a request from the command line, and got it back from the desk"):
        # On a slow computer the desk's answer may come late: then the request is kept, and sent once more.
        wine.run(COMMAND, *words, typed="Second floor.\n")
        wait_until(lambda: wine.run(COMMAND, "sync")[0] == 0, "the desk can be reached")
    _wanted("the request", "The printer is out of paper" in _said(wine, "list", "--json"))


def _prove_window(wine: Wine, steps: Steps) -> None:
    first = wine.start(WINDOW)
    try:
        taken = wait_until(lambda: is_shown("Tracker", wine.environment), "the window")
        steps.say(f"the window stands on the screen ({taken:.1f} s after its start)")
        with steps.timed("a command beside the window is answered by it, over its pipe"):
            _wanted("the list", "out of paper" in _said(wine, "list", "--json"))
        with steps.timed("a second start hands over and ends"):
            _wanted("exit status", wine.run(WINDOW, "tracker://ticket/1", within=60)[0] == 0)
        bad = [one for one in _findings(wine) if one["state"] == "bad"]
        _wanted(f"doctor: {bad}", not bad)
        steps.say("doctor finds nothing bad, with the window open")
        log = (data_of(wine) / "Logs" / "tracker.log").read_text("utf-8")
        _wanted(f"the log: {log[-2000:]}", " ERROR " not in log and "Traceback" not in log)
    finally:
        wine.run("taskkill.exe", "/f", "/im", "tracker.exe")
        first.wait(60)


def _findings(wine: Wine) -> list[dict[str, str]]:
    _status, said = wine.run(COMMAND, "doctor", "--json")
    return cast("list[dict[str, str]]", json.loads(said)["findings"])


def _said(wine: Wine, *words: str, typed: str = "") -> str:
    status, said = wine.run(COMMAND, *words, typed=typed)
    if status:
        raise WineTrouble(f"tracker {' '.join(words)}: {said}")
    return said


def _wanted(what: str, true: bool) -> None:
    if not true:
        raise WineTrouble(f"not as it should be: {what}")
