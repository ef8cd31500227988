"""A process that holds pictures leaves nothing of its memory behind when it breaks."""

import contextlib
import sys

_PR_SET_DUMPABLE = 4


def refuse_dumps() -> None:
    """Let no core file of this process be made, also not by a program that the system hands it to.

    A limit of zero keeps the kernel from writing one. A collector as systemd's ignores that limit, but gets nothing of
    a process that is not dumpable. Sources: core(5), prctl(2), SetErrorMode.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
