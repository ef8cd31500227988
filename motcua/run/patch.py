"""Prepares the process before anything else is imported: the standard library, the garbage, what is imported later."""

import gc
import sys
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

CLIENT_ONLY = ("requests", "websocket")
"""What the libraries of the sockets import for their clients. A desk that serves has none; the demo has."""
YOUNG, MIDDLE, OLD = 20_000, 20, 1_000
"""Until the desk serves nearly everything stays: there is little garbage to look for, and no old garbage at all."""


class LaterModule(ModuleType):
    """A module that is imported when somebody uses something of it."""

    def __getattr__(self, name: str) -> Any:
        """Import the module in place of this one, and return what it has of that name."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        __import__(self.__name__)
        self.__dict__.update(sys.modules[self.__name__].__dict__)
        return getattr(sys.modules[self.__name__], name)


def import_later(names: tuple[str, ...]) -> None:
    """Let each of the modules that is installed be imported by its first use. Parts of it import all of it."""
    for name in names:
        spec = PathFinder.find_spec(name)
        if name not in sys.modules and spec is not None:
            module = LaterModule(name)
            module.__spec__ = spec
            sys.modules[name] = module


def patch() -> None:
    """Patch sockets, locks, queues and signals for gevent; make the start of a desk short."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    from gevent import monkey

    monkey.patch_all()
    import_later(CLIENT_ONLY)
