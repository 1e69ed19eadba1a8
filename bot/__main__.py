"""Runs the app process: the public listener and the internal one for Rasa's actions, over one copy of the guide. Started by tools/start.py."""

from __future__ import annotations

import asyncio
import logging
import sys

import uvicorn
from fastapi import FastAPI

from bot.action_endpoint import create_internal_app
from bot.app import create_app
from bot.rasa_client import RasaClient
from bot.settings import settings
from bot.static_files import WebNotBuilt
from guidance.yaml_files import ContentError
from index.embedder import ModelNotReady
from index.guide import open_guide
from index.reader import ReaderNotReady
from index.store import IndexNotReady


async def serve() -> None:
    chosen = settings()
    guide = open_guide(chosen.built, chosen.clock)
    public = create_app(guide, RasaClient(chosen.rasa_port, chosen.secret, chosen.rasa_timeout_s))
    internal = create_internal_app(chosen.secret)
    servers = [_server(public, chosen.host, chosen.port), _server(internal, "127.0.0.1", chosen.action_port)]
    tasks = [asyncio.create_task(server.serve()) for server in servers]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*tasks)


def _server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    )


def main() -> int:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(serve())
    except (ContentError, IndexNotReady, ModelNotReady, ReaderNotReady, WebNotBuilt) as error:
        print(f"waymark: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
