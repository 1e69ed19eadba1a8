"""Turns pip's own settings (its configuration files and PIP_* variables) into the settings that make uv behave alike.

Called by install.py and locks.py. A UV_* variable that the person has set already is left alone. Installs nothing.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.pythons import clean_environment

# The sections of `pip config list` that `pip install` obeys; a later one overrides an earlier one.
SECTIONS = ("global", "install", ":env:")
SETTING = re.compile(r"^(?P<section>:env:|[\w-]+)\.(?P<key>[\w-]+)=(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class UvSettings:
    """What to hand to uv: variables to add to the environment, and arguments for what has no variable."""

    variables: dict[str, str]
    arguments: tuple[str, ...] = ()

    def described(self) -> str:
        """The settings in one line, without the user names and passwords that an index's address may hold."""
        parts = [f"{name}={value}" for name, value in sorted(self.variables.items())] + list(self.arguments)
        return re.sub(r"://[^/@\s]+@", "://***@", ", ".join(parts)) or "none"


def read_pip_settings(python: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """What pip says that it obeys: {"find-links": "...", "cert": "..."}; only the PIP_* variables if this Python has no pip."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, env=clean_environment(environment), check=False)
    if listed.returncode != 0:
        return {name[4:].lower().replace("_", "-"): value for name, value in environment.items() if name.startswith("PIP_")}
    return parse_pip_settings(listed.stdout)


def parse_pip_settings(listing: str) -> dict[str, str]:
    """Read the output of `pip config list`: one `section.key='value'` a line."""
    by_section: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        match = SETTING.match(line.strip())
        if match and match["section"] in by_section:
            by_section[match["section"]][match["key"]] = str(ast.literal_eval(match["value"]))
    merged: dict[str, str] = {}
    for section in SECTIONS:
        merged.update(by_section[section])
    return merged


def uv_settings(pip: Mapping[str, str], environment: Mapping[str, str]) -> UvSettings:
    """The uv settings that stand for these pip settings."""
    wanted = {
        "UV_FIND_LINKS": ",".join(link for link in words(pip, "find-links") if is_present(link)),
        "UV_DEFAULT_INDEX": pip.get("index-url", "").strip(),
        "UV_INDEX": " ".join(index for index in words(pip, "extra-index-url") if is_present(index)),
        "UV_INSECURE_HOST": " ".join(words(pip, "trusted-host")),
        "UV_HTTP_TIMEOUT": whole_seconds(pip.get("timeout") or pip.get("default-timeout") or ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "SSL_CLIENT_CERT": pip.get("client-cert", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
        "HTTP_PROXY": pip.get("proxy", ""),
    }
    if wanted["UV_INDEX"]:
        # pip looks at every index and takes the best version; uv's own default stops at the first index that knows the name.
        wanted["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    older_names = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL", "HTTPS_PROXY": "https_proxy", "HTTP_PROXY": "http_proxy"}
    variables = {
        name: value for name, value in wanted.items() if value and name not in environment and older_names.get(name, name) not in environment
    }
    without_index = pip.get("no-index", "").lower() in ("1", "true", "yes", "on")
    return UvSettings(variables, ("--no-index",) if without_index else ())


def words(pip: Mapping[str, str], key: str) -> list[str]:
    """A setting that may hold several values: pip separates them by spaces or lines."""
    return pip.get(key, "").split()


def is_present(location: str) -> bool:
    """Whether a place can be handed to uv, which stops at a local folder that does not exist where pip only warns."""
    parts = urlsplit(location)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).exists()
    return bool(parts.scheme) or Path(location).expanduser().exists()


def whole_seconds(value: str) -> str:
    """pip takes 15.0, uv takes whole seconds; anything else is left to uv's default."""
    try:
        return str(max(1, round(float(value))))
    except ValueError:
        return ""
