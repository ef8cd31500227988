"""Where a request ends can be read in one way only."""

import pytest

from motcua.run.framing import is_doubtful


@pytest.mark.parametrize(
    ("lengths", "encodings", "doubtful"),
    [
        ([], [], False),
        (["0"], [], False),
        (["512"], [], False),
        ([" 12 "], [], False),
        ([], ["chunked"], False),
        ([], ["Chunked"], False),
        (["5", "5"], [], True),
        (["5", "6"], [], True),
        (["5, 6"], [], True),
        (["+5"], [], True),
        (["-5"], [], True),
        (["5_0"], [], True),
        (["0x5"], [], True),
        (["\u0665"], [], True),
        ([""], [], True),
        (["9" * 19], [], True),
        (["5"], ["chunked"], True),
        ([], ["xchunked"], True),
        ([], ["identity"], True),
        ([], ["chunked, identity"], True),
        ([], ["gzip, chunked"], True),
        ([], ["chunked", "chunked"], True),
        ([], [""], True),
    ],
)
def test_a_length_is_digits_or_chunks_and_never_both(lengths: list[str], encodings: list[str], doubtful: bool) -> None:
    assert is_doubtful(lengths, encodings) is doubtful
