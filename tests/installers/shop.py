"""A package server on loopback: the repository that the guide makes, served as a company would."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from tests.rigs.clean_debian import HOMES, Computer
from tests.rigs.guide import Guide
from tools.environment import ROOT
from tools.linux import repository

KEY = "it@example.org"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing of each request."""


class Shop:
    """The repository in `folder`, its key, and the guide with this server's address in it."""

    def __init__(self, folder: Path, page: Path) -> None:
        self.folder = folder / "repository"
        self.folder.mkdir()
        self.home = folder / "gpg"
        self.home.mkdir(mode=0o700)
        serve = functools.partial(_Quiet, directory=str(self.folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.guide = Guide(page, {"https://apt.example.org": self.url})
        self._env = os.environ | {"GNUPGHOME": str(self.home)}

    def __enter__(self) -> Self:
        self._run(self.guide.step("key"))
        self._thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        subprocess.run(["gpgconf", "--kill", "all"], env=self._env, check=False)

    def publish(self, *packages: Path) -> None:
        """Put packages into the repository as the guide says."""
        step = self.guide.step("publish").replace("/srv/apt", str(self.folder))
        files = " ".join(str(package) for package in packages)
        self._run(step.replace("build/installers/it-tracker_*_amd64.deb", files))

    def sell_only(self, *packages: Path) -> None:
        """Let the repository have these packages and no others."""
        shutil.rmtree(self.folder / "pool", ignore_errors=True)
        self.publish(*packages)

    def sign_as(self, home: Path) -> None:
        """Sign the lists with the key of somebody else's gpg folder."""
        repository.add(self.folder, [], key=KEY, home=home)

    def make_trusted(self, computer: Computer) -> None:
        """Bring the key to a computer, where the guide takes it from."""
        computer.bring(self.folder / "it-tracker.asc", f"{HOMES['root']}/it-tracker.asc")

    def copy(self, to: Path) -> Path:
        """Keep the repository as it is now."""
        return Path(shutil.copytree(self.folder, to))

    def replace_by(self, kept: Path) -> None:
        """Show a repository that was kept."""
        shutil.rmtree(self.folder)
        shutil.copytree(kept, self.folder)

    def _run(self, script: str) -> None:
        done = subprocess.run(
            ["sh", "-euc", script], cwd=ROOT, env=self._env, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
