"""How answers travel: HEAD for every page that GET answers, and long pages pressed small for a slow telephone."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Only the long lists, and only where nothing was sent along: a page that shows somebody's own words beside what somebody else may have made
# it say is not compressed, since its length would tell of its words. Static files are packed by bot/static_files.py.
_SAME_FOR_ALL = ("/glossary", "/changes")
_WORTH_IT_BYTES = 2000


class AnswerHead:
    """Pure ASGI middleware: HEAD is GET without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class SmallPages:
    """Pure ASGI middleware: Starlette's gzip for the pages that are the same for everybody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._pressed = app, GZipMiddleware(app, minimum_size=_WORTH_IT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        small = scope["type"] == "http" and scope["path"] in _SAME_FOR_ALL and not scope["query_string"]
        await (self._pressed if small else self._app)(scope, receive, send)
