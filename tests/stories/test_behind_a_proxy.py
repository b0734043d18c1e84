"""The first start behind a proxy that wants to know who one is: asked on the sign-in page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.company_network import LOGIN, PASSWORD, Company, company_network
from tests.rigs.desktop import Desktop
from tests.rigs.frontdesk import JANE
from tests.stories.stage import Stage, until

USE = "Use them"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The company's desk and proxies."""
    with company_network(tmp_path_factory.mktemp("company")) as made:
        yield made


def policy(folder: Path, company: Company) -> Path:
    """Write what IT sets: the desk, the way there, the company's authority."""
    folder.mkdir(mode=0o755)
    file = folder / "10-company.toml"
    lines = [
        f'[desk]\nkind = "frontdesk"\nurl = "{company.url}"',
        f'[network]\nproxy = "{company.asking}"\nextra_ca = "{company.desk_ca}"',
    ]
    file.write_text("\n".join(lines))
    file.chmod(0o644)
    return folder


def test_who_is_new_signs_in_at_the_proxy_and_the_desk_on_one_page(
    story_desktop: Desktop, company: Company, tmp_path: Path
) -> None:
    with Stage(story_desktop, tmp_path / "profile", "") as newcomer:
        window = newcomer.start(env={"TRACKER_POLICY_DIR": str(policy(tmp_path / "policy.d", company))})
        window.wait_for("wants your name and password. Enter them below.")
        until(lambda: "User name at the proxy" in window.state().focus, "the keyboard where one is asked")
        assert "Settings" not in window.read()
        window.fill("User name", JANE.login)
        window.fill("Password", JANE.password)
        window.press("Sign in")
        window.wait_for("wants your name and password. Enter them below.")
        for password, answer in (("wrong", "does not take this name and password."), (PASSWORD, "live")):
            window.fill("User name at the proxy", LOGIN)
            window.fill("Password at the proxy", password)
            window.press(USE)
            window.wait_for(answer)
        kept = [path for path in newcomer.profile.rglob("*") if path.is_file()]
        assert not any(PASSWORD.encode() in path.read_bytes() for path in kept)
        assert window.quit() == 0
