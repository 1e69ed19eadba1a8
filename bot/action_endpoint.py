"""The internal listener: Rasa's custom actions, run in this process by rasa-sdk's executor behind a shared secret, and the figures for operators."""

from __future__ import annotations

import hmac
import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot import metrics

logger = logging.getLogger(__name__)


def create_internal_app(secret: str) -> FastAPI:
    """The ASGI app for 127.0.0.1 only. An action that fails is told to Rasa as a failure; nothing of the conversation is echoed or logged."""
    executor = ActionExecutor()
    executor.register_package("actions")
    app = FastAPI(title="Waymark actions", openapi_url=None, docs_url=None, redoc_url=None)

    @app.post("/actions")
    async def run(request: Request, token: str = "") -> Response:
        if not hmac.compare_digest(token.encode(), secret.encode()):
            return Response(status_code=401)
        call: dict[str, Any] = await request.json()
        name = str(call.get("next_action"))
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as rejection:
            return JSONResponse({"error": rejection.message, "action_name": rejection.action_name}, 400)
        except ActionNotFoundException:
            return JSONResponse({"error": "no such action", "action_name": name}, 404)
        except Exception as error:
            logger.error("action %s failed: %s", name, type(error).__name__, exc_info=error)
            return JSONResponse({"error": "the action failed", "action_name": name}, 500)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    @app.get("/metrics")
    async def figures() -> Response:
        return Response(metrics.figures(), media_type=metrics.CONTENT_TYPE)

    return app
