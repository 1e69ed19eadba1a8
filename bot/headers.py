"""Headers on every response: nothing kept by the browser, nothing loaded from elsewhere, no referrer, no frame but of the sites that a setting lists."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors ",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "X-Robots-Tag": "noindex",
}


def secure_headers(framed_by: tuple[str, ...] = ()) -> dict[str, str]:
    """The headers; X-Frame-Options knows no list of sites, so it is left out where some may frame."""
    policy = _HEADERS["Content-Security-Policy"] + (" ".join(framed_by) or "'none'")
    framing = {} if framed_by else {"X-Frame-Options": "DENY"}
    return {**_HEADERS, "Content-Security-Policy": policy, **framing}


class SecureHeaders:
    """Pure ASGI middleware, so that streaming and errors carry the headers too."""

    def __init__(self, app: ASGIApp, framed_by: tuple[str, ...] = ()) -> None:
        self._app, self._headers = app, secure_headers(framed_by)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    if name != "Cache-Control" or name not in headers:  # static files say themselves how long they may be kept
                        headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)
