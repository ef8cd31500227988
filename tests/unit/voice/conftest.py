"""One sentence's clips, made once by the real engine."""

import pytest

from motcua.voice.library import Library, make_clips
from motcua.voice.words import Sentence, compose

SENTENCE = "Xin mời số {letter}, {digits}, đến quầy số {counter}."
VALUES = {"letter": "A", "digits": "không không một", "counter": "ba"}


@pytest.fixture(scope="session")
def sentence() -> Sentence:
    return compose(SENTENCE, VALUES, "north")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, sentence: Sentence) -> Library:
    folder = tmp_path_factory.mktemp("voice")
    report = make_clips(folder, sentence.pieces, "north", 130)
    assert report.failed == []
    assert report.new_count == len({piece.name for piece in sentence.pieces})
    return Library(folder)
