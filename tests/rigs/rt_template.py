"""The seeded database every Request Tracker instance starts from, made once and kept in build/."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.rigs.debian import RigUnavailable, ensure_installed, installed_version

CACHE = Path(__file__).parents[2] / "build" / "rigs"
SITE = Path(__file__).with_name("rt_site")
SCRIPT = Path(__file__).parents[2] / "resources" / "rt"
"""What an administrator gets from us; the tests' site is made with it, so it is known to work."""
LIBRARY = Path("/usr/share/request-tracker5/lib")
SETUP = "/usr/sbin/rt-setup-database-5"
ROOT_PASSWORD = "root-pass"


def write_site(folder: Path, port: int) -> None:
    """Write the configuration of an instance that lives in `folder` and will listen on `port`."""
    for name in ("conf.d", "mason", "session", "var"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for source in SITE.glob("*.in"):
        text = source.read_text("utf-8").replace("@FOLDER@", str(folder)).replace("@PORT@", str(port))
        (folder / source.stem).write_text(text, "utf-8")
    for lifecycles in (SITE / "lifecycles.pm", SCRIPT / "tracker-lifecycle.pm"):
        shutil.copy(lifecycles, folder / "conf.d" / lifecycles.name)


def environment(folder: Path) -> dict[str, str]:
    """Give the environment in which RT's programs read the private configuration in `folder`."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # RT reads these two instead of /etc/request-tracker5 (RT/Config.pm, LoadConfig).
    return keep | {
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
        "RT_SITE_CONFIG_DIR": str(folder / "conf.d"),
    }


def perl(folder: Path, *arguments: str) -> list[str]:
    """Give the command that runs one of RT's Perl programs with the folders of this instance."""
    return ["perl", f"-I{LIBRARY}", f"-I{folder}", "-Mpaths", *arguments]


def ready_template() -> Path:
    """Give the folder of the seeded template, making it first if this seed has none yet (some 5 s)."""
    ensure_installed("rt")
    finished = CACHE / f"rt-{_fingerprint()}"
    if finished.is_dir():
        return finished
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        made = _seed(Path(name))
        try:
            made.rename(finished)
        except OSError:
            # Another run was quicker; its template is as good as ours.
            if not finished.is_dir():
                raise
    return finished


def _fingerprint() -> str:
    digest = hashlib.sha256(installed_version("request-tracker5").encode())
    for path in (*sorted(SITE.iterdir()), *sorted(SCRIPT.iterdir())):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:16]


def _seed(work: Path) -> Path:
    write_site(work, 80)
    password = work / "root-password"
    password.write_text(ROOT_PASSWORD + "\n", "utf-8")
    _run(work, SETUP, "--action", "init", "--skip-create", "--root-password-file", str(password))
    for datafile in (SITE / "seed.pl", SCRIPT / "tracker-initialdata.pl", SITE / "more_fields.pl"):
        insert(work, datafile)
    made = work / "template"
    made.mkdir()
    for name in ("rt.sqlite", "tokens"):
        (work / name).rename(made / name)
    return made


def insert(folder: Path, datafile: Path, *, queues: str = "IT Support") -> str:
    """Run a datafile on the instance in `folder` as an administrator does; gives what was said."""
    return _run(folder, SETUP, "--action", "insert", "--datafile", str(datafile), queues=queues)


def _run(work: Path, *arguments: str, queues: str = "") -> str:
    variables = environment(work) | {
        "RT_RIG_TOKENS": str(work / "tokens"),
        "TRACKER_QUEUES": queues,
        "TRACKER_STAFF": "IT Technicians",
    }
    done = subprocess.run(
        perl(work, *arguments), env=variables, capture_output=True, text=True, check=False, timeout=120
    )
    # The program reports some failures with exit status 0 and a line that says so.
    said = done.stdout + done.stderr
    if done.returncode != 0 or "[ERROR]" in said or "error" in said.lower().splitlines()[-1:]:
        raise RigUnavailable(f"Request Tracker's database could not be made:\n{said[-3000:]}")
    return said
