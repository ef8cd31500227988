"""`python -m motcua` and the command `motcua`."""

import sys

SERVING = frozenset({"serve", "run", "demo"})


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 found something wrong, 2 wrong use."""
    words = sys.argv[1:] if arguments is None else arguments
    if next((word for word in words if not word.startswith("-")), "") in SERVING:
        from motcua.run.patch import patch

        patch()
    from motcua.cli.commands import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
