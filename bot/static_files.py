"""The served files: bot/static/ and what `make web` put into built/web/, held in memory, with a digest of them all in their address.

The digest changes with any file, so a browser may keep what it fetched; scripts that import each other find each other beside them.
These files are compressed, and of the pages only the two that bot/transfer.py names: a page holds what a person wrote beside what
somebody else may have made it say.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

HAND_WRITTEN = Path(__file__).parent / "static"
KEPT = "public, max-age=31536000, immutable"
COMPRESSED = (".css", ".js", ".svg")
mimetypes.add_type("text/javascript", ".js")


class WebNotBuilt(Exception):
    """built/web/ is missing: `make web` makes it."""


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    packed: bytes | None
    media_type: str


class StaticTree:
    """Reads the folders once. `url(name)` is what a template links to; `serve` is the endpoint of /static/{digest}/{name}.

    raises    WebNotBuilt
    """

    def __init__(self, built: Path) -> None:
        if not (built / "web" / "waymark.css").exists():
            raise WebNotBuilt("the styles are missing: run 'make web' (make run and make test do it)")
        paths = sorted(p for folder in (HAND_WRITTEN, built / "web") for p in folder.rglob("*") if p.is_file())
        self._files = {
            p.relative_to(HAND_WRITTEN if p.is_relative_to(HAND_WRITTEN) else built / "web").as_posix(): _read(p)
            for p in paths
        }
        whole = hashlib.sha256()
        for name, file in sorted(self._files.items()):
            whole.update(name.encode() + b"\0" + file.body)
        self.digest = whole.hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of a file; a name that is not there fails in the template, not in the browser."""
        if name not in self._files:
            raise KeyError(f"no static file is called {name}")
        return f"/static/{self.digest}/{name}"

    def text(self, name: str) -> str | None:
        """What a file holds, to stand within a page; None if it is not there."""
        file = self._files.get(name)
        return file.body.decode() if file else None

    async def serve(self, request: Request) -> Response:
        """A file; with an older digest it is served too (a page stayed open over an update), but not to be kept."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("not found", 404)
        packed = file.packed if "gzip" in request.headers.get("accept-encoding", "") else None
        headers = {"Content-Type": file.media_type, "Vary": "Accept-Encoding"}
        if request.path_params["digest"] == self.digest:
            headers["Cache-Control"] = KEPT
        if packed:
            headers["Content-Encoding"] = "gzip"
        return Response(packed or file.body, headers=headers)


def _read(path: Path) -> File:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return File(body, gzip.compress(body, 9, mtime=0) if path.suffix in COMPRESSED else None, media_type)
