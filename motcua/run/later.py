"""Modules that a serving desk never uses, though libraries import them: they are imported by their first use.

Libraries of sockets import their clients, their `asyncio` half and the client of tests with the server. Together that
was a tenth of the start and seven MiB. A library that changes only imports more again; nothing breaks.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

SOCKET_CLIENTS: Mapping[str, Sequence[str]] = {
    "dateutil.parser": (),
    "engineio.async_client": ("AsyncClient",),
    "engineio.async_drivers.asgi": ("ASGIApp",),
    "engineio.async_drivers.tornado": ("get_tornado_handler",),
    "engineio.async_server": ("AsyncServer",),
    "flask_socketio.test_client": ("SocketIOTestClient",),
    "requests": (),
    "simple_websocket.aiows": ("AioClient", "AioServer"),
    "socketio.asgi": ("ASGIApp",),
    "socketio.async_aiopika_manager": ("AsyncAioPikaManager",),
    "socketio.async_client": ("AsyncClient",),
    "socketio.async_manager": ("AsyncManager",),
    "socketio.async_namespace": ("AsyncClientNamespace", "AsyncNamespace"),
    "socketio.async_redis_manager": ("AsyncRedisManager",),
    "socketio.async_server": ("AsyncServer",),
    "socketio.async_simple_client": ("AsyncSimpleClient",),
    "socketio.tornado": ("get_tornado_handler",),
    "websocket": (),
    "werkzeug.debug": ("DebuggedApplication",),
}
"""What is imported later, and the classes and functions that libraries take from it at their own import."""


class LaterModule(ModuleType):
    """A module that is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        """Import the module in place of this one, and return what it has of that name."""
        if name == "__path__" and "." in self.__name__:  # asked for at each `from … import`; those are no packages
            raise AttributeError(name)
        module = _import_now(self)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def import_later(names: Mapping[str, Sequence[str]] = SOCKET_CLIENTS) -> None:
    """Let each of these modules that is installed be imported by its first use."""
    for name, parts in names.items():
        if name in sys.modules or PathFinder.find_spec(name.partition(".")[0]) is None:
            continue
        module = LaterModule(name)
        module.__spec__ = ModuleSpec(name, None)
        for part in parts:
            module.__dict__[part] = _make_part(module, part)
        sys.modules[name] = module


def _make_part(module: ModuleType, part: str) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(_import_now(module), part)(*arguments, **options)

    return call


def _import_now(module: ModuleType) -> ModuleType:
    """Import the module that stands for `module` unless that is done, and return it."""
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
    return import_module(module.__name__)
