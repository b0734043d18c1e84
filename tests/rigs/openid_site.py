"""A company's OpenID provider: django-oauth-toolkit as it comes, with people, a sign-in form and clients.

python -m tests.rigs.openid_site PORT  # with the Python of tools/openid.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any

import django
from django.conf import settings

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 0
CLIENT = "tracker"
PASSWORD = "company-pass"
PEOPLE = {"jane": "Jane Doe", "omar": "Omar Ali", "tess": "Tess Tech"}


def new_key() -> str:
    """Make a key to sign with, as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


settings.configure(
    SECRET_KEY="only-for-tests",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(tempfile.mkdtemp(), "db")}
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "oauth2_provider")),
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    LOGIN_URL="/login/",
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": new_key(),
        "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{PORT}/o",
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
        "SCOPES": {name: name for name in ("openid", "profile", "email")},
        "PKCE_REQUIRED": True,
        "ROTATE_REFRESH_TOKEN": True,
        "REFRESH_TOKEN_REUSE_PROTECTION": True,
        "ALLOWED_REDIRECT_URI_SCHEMES": ["http"],
        "OAUTH_DEVICE_VERIFICATION_URI": f"http://127.0.0.1:{PORT}/o/device/",
        "OAUTH_DEVICE_VERIFICATION_URI_COMPLETE": lambda code: (
            f"http://127.0.0.1:{PORT}/o/device/?user_code={code}"
        ),
        "DEVICE_FLOW_INTERVAL": 1,
        "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
        "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    },
)
django.setup()

from django.contrib.auth import authenticate, get_user_model, login  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application, RefreshToken  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402
from oauth2_provider.settings import oauth2_settings  # noqa: E402
from oauth2_provider.views import ConnectDiscoveryInfoView  # noqa: E402


class Validator(OAuth2Validator):
    """Tells the claims that companies' providers tell."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, object]:
        """Give the name to sign in with, the name for people, and the address."""
        user = request.user
        return {"preferred_username": user.username, "name": user.first_name, "email": user.email}


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and go on to where the person came from."""
    if request.method == "GET":
        return HttpResponse("<form method=post><input name=username><input name=password></form>")
    user = authenticate(username=request.POST["username"], password=request.POST["password"])
    if user is None:
        return HttpResponse("Wrong.", status=403)
    login(request, user)
    return HttpResponseRedirect(request.GET["next"])


def configuration(request: HttpRequest) -> JsonResponse:
    """Tell of the provider as the toolkit does, and of the place for device codes, which it leaves out."""
    told = json.loads(ConnectDiscoveryInfoView.as_view()(request).content)
    told["device_authorization_endpoint"] = f"http://127.0.0.1:{PORT}/o/device-authorization/"
    told["revocation_endpoint"] = f"http://127.0.0.1:{PORT}/o/revoke_token/"
    return JsonResponse(told)


def rotate(_request: HttpRequest) -> JsonResponse:
    """Sign with another key from now on, and publish that alone."""
    oauth2_settings.OIDC_RSA_PRIVATE_KEY = new_key()
    return JsonResponse({})


def living(_request: HttpRequest) -> JsonResponse:
    """Count the refresh tokens that are good."""
    return JsonResponse({"refresh": RefreshToken.objects.filter(revoked=None).count()})


urlpatterns = [
    path("login/", sign_in),
    path("o/.well-known/openid-configuration", configuration),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("tests/rotate", rotate),
    path("tests/living", living),
]


class Quiet(WSGIRequestHandler):
    """Answers without a word."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Make the tables, the people and the client, and serve until ended."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    for name, full in PEOPLE.items():
        get_user_model().objects.create_user(name, f"{name}@example.test", PASSWORD, first_name=full)
    shared = {"client_type": "public", "algorithm": "RS256", "skip_authorization": True, "client_secret": ""}
    Application.objects.create(
        client_id=CLIENT,
        name="Tracker",
        authorization_grant_type="authorization-code",
        redirect_uris="http://127.0.0.1/signed-in http://[::1]/signed-in",
        **shared,
    )
    Application.objects.create(
        client_id=f"{CLIENT}-device",
        name="Tracker",
        authorization_grant_type="urn:ietf:params:oauth:grant-type:device_code",
        **shared,
    )
    server = ThreadedWSGIServer(("127.0.0.1", PORT), Quiet)
    server.set_app(get_wsgi_application())
    server.serve_forever()


if __name__ == "__main__":
    sys.modules["tests.rigs.openid_site"] = sys.modules[__name__]
    main()
