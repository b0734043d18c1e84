"""The fixture that gives a running OpenID provider; import it where needed, and mark the tests `openid`.

However many modules import it, there is one in a run: it is kept with pytest's own configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.rigs.openid_provider import OpenIdRig
from tracker.frontdesk.administration import add_user
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.settings import SETTINGS_FILE

_RUNNING = pytest.StashKey[tuple[OpenIdRig, Path]]()

Place = tuple[str, Path]
"""The address and the folder of a desk."""


@pytest.fixture(scope="session")
def provider(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OpenIdRig:
    """One provider. Fails, never skips, where it can't be had."""
    return _running(request.config, tmp_path_factory)[0]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A desk that believes the provider, with Jane in it, and Tess who is an agent; served for this test."""
    folder = _running(request.config, tmp_path_factory)[1]
    with serving(ServeConfig(folder, heartbeat=0.2)) as url:
        yield url, folder


def _running(config: pytest.Config, places: pytest.TempPathFactory) -> tuple[OpenIdRig, Path]:
    if _RUNNING not in config.stash:
        closing = ExitStack()
        config.add_cleanup(closing.close)
        rig = closing.enter_context(OpenIdRig(places.mktemp("openid")))
        config.stash[_RUNNING] = rig, _desk_of(rig, places.mktemp("desk"))
    return config.stash[_RUNNING]


def _desk_of(rig: OpenIdRig, folder: Path) -> Path:
    with Desk(folder) as made:
        add_user(
            made, "jane", name="Jane Doe", email="j@example.test", role="requester", password="pass-word"
        )
        add_user(made, "tess", name="Tess", email="t@example.test", role="agent", password="pass-word")
    settings = f'[sign_in]\nissuer = "{rig.issuer}"\nclient_id = "tracker"\n'
    (folder / SETTINGS_FILE).write_text(settings, "utf-8")
    return folder
