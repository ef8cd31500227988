"""A process that holds pictures writes no file, and leaves nothing of its memory behind when it breaks."""

import contextlib
import sys

_PR_SET_DUMPABLE = 4


def leave_no_trace() -> None:
    """Let the system refuse every write to a file by this process, and make no core file of it.

    Pipes and sockets are no files, so its log still reaches a terminal and systemd. A core limit of zero keeps the
    kernel from writing one. A collector as systemd's ignores that limit, but gets nothing of a process that is not
    dumpable. Sources: setrlimit(2), core(5), prctl(2), SetErrorMode. Windows knows no limit of files.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
