"""Refuses a form that another site sends: SameSite=Strict keeps the cookie back already, this says no where a cookie came along all the same.

The browser says where a request comes from (Sec-Fetch-Site, or else Origin). One that says nothing is let through, as an old browser says
nothing, unless it carries the cookie of a frame, which is not SameSite=Strict. The JSON API is left alone: it reads no cookie.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = ("GET", "HEAD", "OPTIONS")


def comes_from_elsewhere(request: HTTPConnection, frame_cookie: str | None) -> bool:
    """True if another site sent this request, as far as the browser tells."""
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin not in (None, "null"):  # "null" is what a page without a referrer sends in browsers that have no Sec-Fetch-Site
        return origin.partition("://")[2] != request.headers.get("host")
    return frame_cookie is not None and frame_cookie in request.cookies


class OwnFormsOnly:
    """Pure ASGI middleware around the pages; `refusal` answers what is refused."""

    def __init__(self, app: ASGIApp, refusal: ASGIApp, frame_cookie: str | None) -> None:
        self._app, self._refusal, self._frame_cookie = app, refusal, frame_cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] == "http" and scope["method"] not in SAFE and not scope["path"].startswith("/api/")
        if guarded and comes_from_elsewhere(HTTPConnection(scope), self._frame_cookie):
            await self._refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)
