"""Who is at the tests' Matrix server, how it is set up, and the database that each of them starts from."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools import rig_environment, synapse

SERVER_NAME = "desk.example.test"
SHARED_SECRET = "rig-registration"
_FILES = ("homeserver.db", "signing.key", "tokens.json")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the server: what they sign in with and what they are called."""

    name: str
    real_name: str

    @property
    def password(self) -> str:
        return f"{self.name}-pass"

    @property
    def id(self) -> str:
        """The whole user id."""
        return f"@{self.name}:{SERVER_NAME}"


JANE = Person("jane", "Jane Doe")
OMAR = Person("omar", "Omar Ali")
TESS = Person("tess", "Tess Tech")
DMITRI = Person("dmitri", "Dmitri Desk")
ADMIN = Person("admin", "Ada Admin")
PEOPLE = (JANE, OMAR, TESS, DMITRI, ADMIN)

_LIFTED = {"per_second": 1000, "burst_count": 1000}


@dataclass(frozen=True, slots=True)
class Setup:
    """What differs between one server and another.

    `limited`: with the limits that a server has unless somebody lifts them. `token_life`: how long an access
    token that can be renewed lives. `issuer`: the address of the company's single sign-on, if there is one.
    """

    limited: bool = False
    token_life: str = "5m"
    issuer: str = ""

    def config(self, folder: Path, port: int) -> dict[str, object]:
        """Give homeserver.yaml; JSON is YAML too."""
        resources = [{"names": ["client"], "compress": False}]
        listener = {"port": port, "type": "http", "tls": False, "bind_addresses": ["127.0.0.1"]}
        base: dict[str, object] = {
            "server_name": SERVER_NAME,
            "public_baseurl": f"http://127.0.0.1:{port}/",
            "report_stats": False,
            "listeners": [listener | {"resources": resources}],
            "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
            "pid_file": str(folder / "pid"),
            "log_config": str(folder / "log.yaml"),
            "media_store_path": str(folder / "media"),
            "signing_key_path": str(folder / "signing.key"),
            "registration_shared_secret": SHARED_SECRET,
            "macaroon_secret_key": "rig-macaroon",
            "form_secret": "rig-form",
            "enable_registration": False,
            "refreshable_access_token_lifetime": self.token_life,
            # Nothing of the tests may leave this machine.
            "federation_domain_whitelist": [],
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "url_preview_enabled": False,
            "presence": {"enabled": True},
            "max_upload_size": "10M",
            "bcrypt_rounds": 4,
            # An invitation says then that the room is about a request.
            "room_prejoin_state": {"additional_event_types": ["it.tracker.ticket"]},
        }
        return base | ({} if self.limited else _no_limits()) | self._sign_on()

    def _sign_on(self) -> dict[str, object]:
        if not self.issuer:
            return {}
        provider = {
            "idp_id": "company",
            "idp_name": "Company sign-in",
            "issuer": self.issuer,
            "client_id": "synapse",
            "client_secret": "rig-client",
            "scopes": ["openid", "profile"],
            "skip_verification": True,  # it is not encrypted, on loopback
            "allow_existing_users": True,
            "user_mapping_provider": {
                "config": {"localpart_template": "{{ user.sub }}", "display_name_template": "{{ user.sub }}"}
            },
        }
        return {"oidc_providers": [provider]}


def _no_limits() -> dict[str, object]:
    return {
        "rc_message": _LIFTED,
        "rc_login": {"address": _LIFTED, "account": _LIFTED, "failed_attempts": _LIFTED},
        "rc_joins": {"local": _LIFTED},
        "rc_joins_per_room": _LIFTED,
        "rc_invites": {"per_room": _LIFTED, "per_user": _LIFTED, "per_issuer": _LIFTED},
        "rc_media_create": _LIFTED,
        "rc_presence": {"per_user": _LIFTED},
        "rc_room_creation": _LIFTED,
    }


def write_site(folder: Path, port: int, setup: Setup) -> None:
    """Write the configuration of a server that lives in `folder` and will listen on `port`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "homeserver.yaml").write_text(json.dumps(setup.config(folder, port)), "utf-8")
    handler = {
        "class": "logging.FileHandler",
        "formatter": "line",
        "filename": str(folder / "homeserver.log"),
    }
    log = {
        "version": 1,
        "formatters": {"line": {"format": "%(asctime)s %(name)s %(levelname)s %(message)s"}},
        "handlers": {"file": handler},
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
    (folder / "log.yaml").write_text(json.dumps(log), "utf-8")


def copy_template(folder: Path) -> None:
    """Put the database with all people in it into `folder`, made first where there is none yet (some 8 s)."""
    template = _ready_template()
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copy(template / name, folder / name)


def _ready_template() -> Path:
    seal = hashlib.sha256(
        str(synapse.ENVIRONMENT.python()).encode() + Path(__file__).read_bytes()
    ).hexdigest()[:16]
    finished = rig_environment.CACHE / f"matrix-{seal}"
    if finished.is_dir():
        return finished
    rig_environment.CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=rig_environment.CACHE) as name:
        made = _seed(Path(name))
        try:
            made.rename(finished)
        except OSError:
            # Another run was quicker; its template is as good as ours.
            if not finished.is_dir():
                raise
    return finished


def _seed(work: Path) -> Path:
    from tests.rigs.synapse import SynapseRig

    rig = SynapseRig(work / "server")
    rig.make_new()
    try:
        with httpx.Client(base_url=rig.url, trust_env=False, timeout=30) as http:
            tokens = {person.name: _register(http, person) for person in PEOPLE}
    finally:
        rig.stop()
    (rig.folder / "tokens.json").write_text(json.dumps(tokens), "utf-8")
    made = work / "template"
    made.mkdir()
    for name in _FILES:
        (rig.folder / name).rename(made / name)
    return made


def _register(http: httpx.Client, person: Person) -> str:
    """Make an account and sign in once; gives a token that never ends."""
    path = "/_synapse/admin/v1/register"
    nonce = http.get(path).json()["nonce"]
    role = "admin" if person is ADMIN else "notadmin"
    words = "\0".join((nonce, person.name, person.password, role)).encode()
    form = {
        "nonce": nonce,
        "username": person.name,
        "displayname": person.real_name,
        "password": person.password,
        "admin": person is ADMIN,
        "mac": hmac.new(SHARED_SECRET.encode(), words, hashlib.sha1).hexdigest(),
    }
    http.post(path, json=form).raise_for_status()
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": person.name}}
    answer = http.post("/_matrix/client/v3/login", json=login | {"password": person.password})
    token: str = answer.raise_for_status().json()["access_token"]
    return token
