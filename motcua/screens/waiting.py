"""What somebody looked at and has yet to confirm: kept in memory, of many the newest. None is there after a restart."""

from collections import OrderedDict
from typing import Generic, TypeVar

from motcua.desk import Refused

Item = TypeVar("Item")


class WaitingItems(Generic[Item]):
    """Items by who looked at them and by a key that the form sends back."""

    def __init__(self, most: int, code: str) -> None:
        self._most, self._code = most, code
        self._items: OrderedDict[tuple[str, str], Item] = OrderedDict()

    def add(self, actor: str, key: str, item: Item) -> None:
        """Remember what `actor` looked at."""
        self._items.pop((actor, key), None)
        self._items[actor, key] = item
        while len(self._items) > self._most:
            self._items.popitem(last=False)

    def find(self, actor: str, key: str) -> Item | None:
        """Return an item, None where it is no longer here."""
        return self._items.get((actor, key))

    def get(self, actor: str, key: str) -> Item:
        """Return an item. Raises `Refused` with the code of these items."""
        item = self._items.get((actor, key))
        if item is None:
            raise Refused(self._code, "This file is no longer here. Choose it again.")
        return item

    def remove(self, actor: str, key: str) -> None:
        """Forget an item that was confirmed."""
        self._items.pop((actor, key), None)
