"""Makes, repairs, checks and locks Waymark's two environments: python3 tools/environments.py setup | check | lock [--upgrade].

Called by the Makefile on the bare machine's Python, so it needs nothing but the standard library. This file and pythons.py also run on an
old Python (3.6 and later): there they only look for a newer one and hand over to it. The work itself is in install.py and locks.py.
"""

import os
import sys
from pathlib import Path

if not __package__:  # started as a script: imports resolve from the repository, not from this folder
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools import pythons

COMMANDS = ("setup", "check", "lock")
USAGE = "Usage: python3 tools/environments.py setup | check | lock [--upgrade]"


def main(arguments: "list[str]") -> int:
    """Carry out one command.

    returns   the exit code: 0 done, 1 something the person must put right (said in one sentence), 2 wrong usage, 130 interrupted
    """
    upgrade = arguments == ["lock", "--upgrade"]
    if not upgrade and (len(arguments) != 1 or arguments[0] not in COMMANDS):
        print(USAGE, file=sys.stderr)
        return 2
    if sys.version_info < pythons.OLDEST_FOR_APP:
        return hand_over(arguments)
    # Only now: these modules use syntax that an old Python cannot read.
    from tools import install, locks
    from tools.progress import Progress, SetupError

    progress = Progress()
    try:
        if arguments[0] == "setup":
            install.set_up(progress)
        elif arguments[0] == "check":
            install.print_check()
        else:
            locks.lock(progress, upgrade=upgrade)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again: downloads are kept.", file=sys.stderr)
        return 130
    return 0


def hand_over(arguments: "list[str]") -> int:
    """Replace this process by the same command on a Python that is new enough."""
    newer = pythons.find_app_python(os.environ)
    if newer is None:
        print(pythons.NO_APP_PYTHON, file=sys.stderr)
        return 1
    sys.stdout.flush()
    os.execv(newer.path, [newer.path, str(Path(__file__).resolve()), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
