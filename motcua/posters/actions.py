"""Counting that a phone opened a page by the code of a poster."""

from motcua.desk import Tx
from motcua.posters import store
from motcua.posters.model import PosterPage
from motcua.settings import store as settings_store


def count_use(tx: Tx, poster: str, page: PosterPage) -> None:
    """Count a use of a poster that the settings name; another one is left, as is a page that is switched off.

    Nothing is journalled: nobody's rights follow from a count, and anybody can add to it.
    """
    settings = settings_store.get_settings(tx.db)
    if page is PosterPage.DOSSIERS and not settings.dossiers.is_on:
        return
    if any(place.code == poster for place in settings.posters.neighbourhoods):
        store.count_use(tx.db, tx.day, poster, page)
