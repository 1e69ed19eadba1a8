"""Usage: python -m index build | search QUESTION [-k N] | check

The embedding model is the setting WAYMARK_EMBEDDER: the packaged model (default), a folder, or a model hub's name (build time only).
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from guidance.content import load_content
from guidance.text import capped, clean
from guidance.yaml_files import ContentError
from index import build as building
from index.embedder import Embedder, ModelNotReady
from index.search import Searcher
from index.store import IndexNotReady, load


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("build", help="build and publish the index, doing only what changed")
    verbs.add_parser("check", help="verify the current index against corpus and model")
    search = verbs.add_parser("search", help="search the current index")
    search.add_argument("question")
    search.add_argument("-k", type=int, default=3)
    arguments = parser.parse_args()
    start = time.perf_counter()

    def say(line: str) -> None:
        print(f"[{time.perf_counter() - start:4.0f}s] {line}", flush=True)

    try:
        if arguments.verb == "build":
            from index.model import PACKAGED_MODEL

            building.build(os.environ.get("WAYMARK_EMBEDDER", PACKAGED_MODEL), say)
        elif arguments.verb == "check":
            building.check(say)
        else:
            _search(arguments.question, arguments.k)
    except (ContentError, IndexNotReady, ModelNotReady) as error:
        print(f"index: {error}", file=sys.stderr)
        return 1
    return 0


def _search(question: str, k: int) -> None:
    content = load_content()
    embedder = Embedder(building.MODEL)
    result = Searcher(content, load(building.HOME, content.sha256, embedder.info), embedder.encode).search(
        capped(clean(question)), k
    )
    print(result.status, f"({result.not_held.title})" if result.not_held else "")
    for hit in result.hits:
        print(f"\n{hit.score:.2f}  {hit.section.id}  {hit.section.heading}\n{hit.section.text}")


if __name__ == "__main__":
    sys.exit(main())
