"""Usage: python -m index build | search QUESTION [-k N] | check | builds | rollback BUILD

The embedding model is the setting WAYMARK_EMBEDDER: the packaged model (default), a folder, or a model hub's name (build time only).
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from guidance.text import capped, clean
from guidance.yaml_files import ContentError
from index import build as building
from index.embedder import ModelNotReady
from index.guide import open_guide
from index.reader import ReaderNotReady
from index.store import IndexNotReady, builds, rollback


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("build", help="build and publish the index, doing only what changed")
    verbs.add_parser("check", help="verify the current index against corpus and model")
    verbs.add_parser("builds", help="list the builds that are kept, the current one first")
    back = verbs.add_parser("rollback", help="make an older build the current one")
    back.add_argument("build", help="its name, as 'builds' lists it")
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
        elif arguments.verb == "builds":
            print("\n".join(builds(building.HOME)))
        elif arguments.verb == "rollback":
            rollback(building.HOME, arguments.build)
            say(f"the current index is {arguments.build}; restart Waymark to use it")
        else:
            _search(arguments.question, arguments.k)
    except (ContentError, IndexNotReady, ModelNotReady, ReaderNotReady) as error:
        print(f"index: {error}", file=sys.stderr)
        return 1
    return 0


def _search(question: str, k: int) -> None:
    result = open_guide(building.ROOT / "built").search(capped(clean(question)), k)
    print(result.status, f"({result.not_held.title})" if result.not_held else "")
    for hit in result.hits:
        print(f"\n{hit.score:.2f}  {hit.section.id}  {hit.section.heading}\n{hit.section.text}")


if __name__ == "__main__":
    sys.exit(main())
