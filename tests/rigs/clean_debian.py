"""A Debian 12 with nothing of Python or Qt on it, made once and kept in build/, unpacked into memory."""

from __future__ import annotations

import hashlib
import inspect
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.rigs.debian import RigUnavailable, ensure_installed
from tools import debian

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE = Path(__file__).parents[2] / "build" / "rigs"
SUITE = "bookworm"
USER, USER_ID = "jane", 5
"""Her number is one that every Debian knows: a bus outside lets nobody in whom it cannot look up."""
HOMES = {"root": "/" + "root", USER: f"/{'home'}/{USER}"}
# What this computer needs to reach its mirror, a clean one on the same network needs too.
_OF_THIS_COMPUTER = ("/etc/resolv.conf", "/etc/hosts")
_PROXY = "Acquire::http::Proxy"

# It ends with its standard input, and with it go all its processes and mounts: nothing can be left behind.
_KEEPER = """
set -eu
base=$1 place=$2
mount -t tmpfs -o size=4g,mode=755 clean-debian "$place"
mkdir "$place/base"
tar -C "$place/base" --exclude='./dev/*' -xf "$base"
cut -d' ' -f4 /proc/self/stat
read -r _end || true
"""


class CleanDebian:
    """The unpacked base; `computer` gives one more computer that starts from it, `close` ends all of them."""

    def __init__(self, base: Path) -> None:
        self._prefix = debian.as_root()
        if self._prefix is None:
            raise RigUnavailable("Installing a package into a clean Debian needs root.")
        self.place = Path(tempfile.mkdtemp(prefix="tracker-debian-"))
        # The namespaces of this keeper are where the computers are; for the rest of the system they are not.
        spaces = ("unshare", "--mount", "--pid", "--fork", "--kill-child")
        self._keeper = subprocess.Popen(
            [*self._prefix, *spaces, "sh", "-c", _KEEPER, "keeper", str(base), str(self.place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._keeper.stdout is not None
        self._number = self._keeper.stdout.readline().strip()
        if not self._number:
            self.close()
            raise RigUnavailable("A clean Debian could not be unpacked: mounting is refused here.")
        self._computers = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def enter(self, *command: str) -> list[str]:
        """Give what runs a command among the mounts of the computers, as root."""
        return [
            *(self._prefix or []),
            "nsenter",
            "--target",
            self._number,
            "--mount",
            "--pid",
            "--",
            *command,
        ]

    def run(self, *command: str) -> None:
        """Run something among the mounts; raises CalledProcessError with what it complained about."""
        subprocess.run(self.enter(*command), check=True, capture_output=True)

    def computer(self, start: Computer | None = None) -> Computer:
        """Give a computer as new, or one that has all that another one has now."""
        self._computers += 1
        folder = self.place / f"computer-{self._computers}"
        lower = ":".join(str(layer) for layer in (*(start.layers if start else ()), self.place / "base"))
        for part in ("root", "written", "work"):
            self.run("mkdir", "-p", str(folder / part))
        options = f"lowerdir={lower},upperdir={folder / 'written'},workdir={folder / 'work'}"
        self.run("mount", "-t", "overlay", "-o", options, "overlay", str(folder / "root"))
        made = Computer(self, folder, (folder / "written", *(start.layers if start else ())))
        made.start()
        return made

    def close(self) -> None:
        """End everything that runs on the computers, and forget them."""
        keeper = self._keeper
        if keeper.stdin is not None:
            keeper.stdin.close()
        keeper.wait(20)
        if keeper.stdout is not None:
            keeper.stdout.close()
        self.place.rmdir()


class Computer:
    """One computer: a root folder of its own, loopback shared with the tests, and a person named Jane."""

    def __init__(self, debian_: CleanDebian, folder: Path, layers: tuple[Path, ...]) -> None:
        self._debian = debian_
        self.root = folder / "root"
        self.layers = layers

    def start(self) -> None:
        """Mount what every Linux has, and take this computer's way to the network along."""
        for source, kind in (("proc", "proc"), ("tmpfs", "tmpfs")):
            place = self.root / ("proc" if kind == "proc" else "run")
            self._debian.run("mount", "-t", kind, source, str(place))
        self._debian.run("mount", "--rbind", "/dev", str(self.root / "dev"))
        for file in _OF_THIS_COMPUTER:
            self._debian.run("cp", "-L", file, f"{self.root}{file}")
        self.root_sh(f"install -d -o {USER} -g {USER} -m 700 /run/user/{USER_ID}")

    def command(self, *words: str, user: str = "root", env: dict[str, str] | None = None) -> list[str]:
        """Give what runs a command on this computer, with nothing of our own environment."""
        given = {
            "HOME": HOMES[user],
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            **(env or {}),
        }
        who = ["--userspec", f"{user}:{user}"] if user != "root" else []
        inside = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), *words]
        return self._debian.enter("chroot", *who, str(self.root), *inside)

    def sh(
        self, script: str, *, user: str = USER, env: dict[str, str] | None = None, text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a shell script as a person; gives its exit status, stdout and stderr as text."""
        told = self.command("sh", "-euc", f"cd\n{script}", user=user, env=env)
        return subprocess.run(told, input=text, capture_output=True, text=True, check=False, timeout=300)

    def root_sh(self, script: str) -> str:
        """Run a shell script as root, which must succeed, and give all that it said."""
        done = self.sh(script, user="root")
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout + done.stderr

    def bring(self, source: Path, place: str) -> None:
        """Copy a file to this place, or what is in a folder into the one that may be there."""
        self._debian.run("cp", "-rT", "--no-preserve=ownership", str(source), f"{self.root}{place}")

    def share(self, source: Path, place: str) -> None:
        """Let this computer have one of our files or folders as its own."""
        kind = ["mkdir", "-p"] if source.is_dir() else ["touch"]
        self._debian.run(*kind, f"{self.root}{place}")
        self._debian.run("mount", "--bind", str(source), f"{self.root}{place}")

    def small_disk(self, place: str, size: str) -> None:
        """Give a folder a small disk of its own."""
        self.root_sh(f"mkdir -p {place}")
        self._debian.run("mount", "-t", "tmpfs", "-o", f"size={size}", "small", f"{self.root}{place}")

    def large_disk(self, place: str) -> None:
        """Take the small disk away again."""
        self._debian.run("umount", f"{self.root}{place}")

    def has(self, place: str) -> bool:
        """Tell whether there is something of this name."""
        return (
            self.sh(f"test -e {shlex.quote(place)} -o -L {shlex.quote(place)}", user="root").returncode == 0
        )


def ready_base(packages: Sequence[str]) -> Path:
    """Give the base, with the archives of `packages` in apt's cache, making it where there is none.

    Raises RigUnavailable with the reason when that fails, such as no way to a mirror.
    """
    ensure_installed("installers")
    recipe = [inspect.getsource(_make), USER, str(USER_ID), SUITE, *packages]
    seal = hashlib.sha256("\n".join(recipe).encode()).hexdigest()[:16]
    finished = CACHE / f"debian-{seal}.tar"
    if not finished.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        _make(finished, packages)
    return finished


def _make(finished: Path, packages: Sequence[str]) -> None:
    part = finished.with_suffix(f".{os.getpid()}")
    fetch = f"apt-get install --yes --no-install-recommends --download-only {' '.join(packages)}"
    person = f"usermod --login {USER} --home {HOMES[USER]} --shell /bin/sh games"
    group, home = f"groupmod --new-name {USER} games", f"mkhomedir_helper {USER}"
    proxy = subprocess.run(
        ["apt-config", "shell", "PROXY", _PROXY], check=True, capture_output=True, text=True
    ).stdout.strip()
    options = ['--aptopt=Acquire::Languages "none"']
    options += [f"--aptopt={_PROXY} {proxy.removeprefix('PROXY=')}"] if proxy else []
    command = ["mmdebstrap", "--variant=minbase", "--quiet", "--skip=cleanup/apt", *options]
    command += [f'--customize-hook=chroot "$1" {each}' for each in (fetch, person, group, home)]
    with part.open("wb") as tar:
        done = subprocess.run(
            [*(debian.as_root() or []), *command, SUITE, "-"], stdout=tar, stderr=subprocess.PIPE, check=False
        )
    if done.returncode:
        part.unlink()
        raise RigUnavailable(f"A clean Debian could not be made:\n{done.stderr.decode()[-3000:]}")
    part.rename(finished)
