"""Contract: uv is told what pip would obey (links, indexes, certificate, timeout), and nothing that would make it stop where pip goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.pip_settings import UvSettings, parse_pip_settings, read_pip_settings, uv_settings

LISTING = r""":env:.disable-pip-version-check='1'
:env:.find-links='wheels-of-the-environment'
global.cert='organisation.pem'
global.extra-index-url='https://one.example/index\nhttps://two.example/index'
global.find-links='wheels-of-the-file'
install.timeout='20'
list.format='columns'
"""


def test_a_listing_is_read_with_the_environment_above_the_files() -> None:
    assert parse_pip_settings(LISTING) == {
        "disable-pip-version-check": "1",
        "find-links": "wheels-of-the-environment",
        "cert": "organisation.pem",
        "extra-index-url": "https://one.example/index\nhttps://two.example/index",
        "timeout": "20",
    }


def test_lines_that_are_not_settings_are_passed_over() -> None:
    assert parse_pip_settings("WARNING: something\n\nglobal.cert='x'\n") == {"cert": "x"}


def test_pip_itself_is_asked(tmp_path: Path) -> None:
    configuration = tmp_path / "pip.conf"
    configuration.write_text("[global]\nfind-links = wheels\n")

    assert read_pip_settings(Path(sys.executable), {"PIP_CONFIG_FILE": str(configuration)})["find-links"] == "wheels"


def test_a_python_without_pip_leaves_the_variables(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)

    assert read_pip_settings(python, {"PIP_EXTRA_INDEX_URL": "https://one.example/index", "HOME": "x"}) == {
        "extra-index-url": "https://one.example/index"
    }


def test_nothing_set_gives_nothing() -> None:
    assert uv_settings({}, {}) == UvSettings({}, ())


def test_links_that_exist_are_joined_by_commas_and_others_left_out(tmp_path: Path) -> None:
    links = f"{tmp_path} {tmp_path}/missing https://links.example/page"

    assert uv_settings({"find-links": links}, {}).variables == {
        "UV_FIND_LINKS": f"{tmp_path},https://links.example/page"
    }


def test_the_index_and_the_certificate_are_handed_on() -> None:
    pip = {"index-url": "https://mirror.example/index", "cert": "organisation.pem", "client-cert": "mine.pem"}

    assert uv_settings(pip, {}).variables == {
        "UV_DEFAULT_INDEX": "https://mirror.example/index",
        "SSL_CERT_FILE": "organisation.pem",
        "SSL_CLIENT_CERT": "mine.pem",
    }


def test_with_further_indexes_the_best_version_of_all_is_taken_as_pip_does(tmp_path: Path) -> None:
    pip = {"extra-index-url": f"https://one.example/index\nfile://{tmp_path} file://{tmp_path}/missing"}

    assert uv_settings(pip, {}).variables == {
        "UV_INDEX": f"https://one.example/index file://{tmp_path}",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_further_indexes_that_are_all_missing_leave_uvs_strategy_alone(tmp_path: Path) -> None:
    assert uv_settings({"extra-index-url": f"file://{tmp_path}/missing"}, {}).variables == {}


@pytest.mark.parametrize(
    ("timeout", "variables"), [("180", {"UV_HTTP_TIMEOUT": "180"}), ("15.5", {"UV_HTTP_TIMEOUT": "16"}), ("soon", {})]
)
def test_the_timeout_becomes_whole_seconds(timeout: str, variables: dict[str, str]) -> None:
    assert uv_settings({"default-timeout": timeout}, {}).variables == variables


def test_no_index_becomes_an_argument() -> None:
    assert uv_settings({"no-index": "true"}, {}).arguments == ("--no-index",)


def test_a_proxy_serves_both_schemes() -> None:
    assert uv_settings({"proxy": "http://proxy.example:3128"}, {}).variables == {
        "HTTPS_PROXY": "http://proxy.example:3128",
        "HTTP_PROXY": "http://proxy.example:3128",
    }


def test_what_is_set_for_uv_already_is_left_alone() -> None:
    pip = {"index-url": "https://mirror.example/index", "timeout": "20"}

    assert uv_settings(pip, {"UV_INDEX_URL": "https://mine.example/index", "UV_HTTP_TIMEOUT": "5"}).variables == {}


def test_the_description_hides_a_password() -> None:
    settings = uv_settings({"index-url": "https://name:word@mirror.example/index", "no-index": "1"}, {})

    assert settings.described() == "UV_DEFAULT_INDEX=https://***@mirror.example/index, --no-index"
