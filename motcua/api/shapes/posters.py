"""What a page says when a poster led to it."""

from typing import Annotated

from pydantic import Field

from motcua.api.shapes.base import ApiShape
from motcua.posters.model import PosterPage


class PosterUseBody(ApiShape):
    """The poster's code from the address, and the page. A code of no poster is left without a word."""

    poster: Annotated[str, Field(min_length=1, max_length=40, description="the code behind `?p=`")]
    page: PosterPage
