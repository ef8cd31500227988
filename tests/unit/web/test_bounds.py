"""What a request may carry, looked at before work is done: each bound, and a twin just under it."""

import json
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.web import bounds
from motcua.web.access import CALLS, PAGES
from motcua.web.bounds import DEPTH_MAX, DIGITS_MAX, DeepError, LargeError, read_json, require_bounded, trim

MOST = 50


def _count(value: object) -> int:
    """Return how many commas and opening brackets the JSON of `value` has."""
    if isinstance(value, dict | list):
        inner = list(value.values()) if isinstance(value, dict) else value
        return 1 + max(0, len(inner) - 1) + sum(map(_count, inner))
    return 0


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.thorough
@given(values, st.booleans())
def test_what_fits_is_read_as_it_is_and_what_does_not_is_refused(value: object, is_ascii: bool) -> None:
    written = json.dumps(value, ensure_ascii=is_ascii)
    if _count(value) <= MOST:
        assert read_json(written, MOST) == value
    else:
        with pytest.raises(LargeError):
            read_json(written, MOST)


@pytest.mark.parametrize(
    ("under", "over", "error"),
    [
        (b"[" * DEPTH_MAX + b"]" * DEPTH_MAX, b"[" * (DEPTH_MAX + 1) + b"]" * (DEPTH_MAX + 1), DeepError),
        (b'{"a":' * DEPTH_MAX + b"1" + b"}" * DEPTH_MAX, b'{"a":' * (DEPTH_MAX + 1), DeepError),
        (b"9" * DIGITS_MAX, b"9" * (DIGITS_MAX + 1), DeepError),
        (b"[" + b"1," * (MOST - 1) + b"1]", b"[" + b"1," * MOST + b"1]", LargeError),
        (b'["' + b",[{" * 9_000 + b'"]', b"[" + b",[]" * 9_000 + b"]", LargeError),
        (b'"' + b'\\"' * 9_000 + b'"', b'""' * 9_000, LargeError),
        (b'"' + b"x" * 90_000 + b'"', b"]" * 9_000, LargeError),
    ],
    ids=["lists", "objects", "digits", "values", "brackets", "texts", "ends"],
)
def test_each_bound_of_json_has_a_twin_under_it(under: bytes, over: bytes, error: type[ValueError]) -> None:
    require_bounded(under, MOST)
    with pytest.raises(error):
        require_bounded(over, MOST)


@pytest.mark.parametrize("data", [b"{", b'"', b"\\", b'"\\', b"]]]", b"", b"\x00", "“”".encode()])
def test_what_is_no_json_is_left_to_its_reader(data: bytes) -> None:
    require_bounded(data, MOST)


def test_a_refusal_comes_after_so_many_tokens_however_long_the_text_is() -> None:
    tokens = bounds._TOKEN.finditer(b'"' * 1_000_000)
    assert len(list(islice(tokens, 1_000))) == 1_000
    with pytest.raises(LargeError):
        require_bounded(b'"' * 1_000_000, MOST)


def test_every_door_with_bounds_of_its_own_exists() -> None:
    assert set(bounds.BOUNDS) <= set(CALLS) | set(PAGES)


def test_a_door_that_nobody_named_has_the_usual_bounds() -> None:
    assert bounds.get_bound("api.of_tomorrow") == bounds.USUAL


def test_headers_that_are_far_too_long_are_left_aside() -> None:
    environ = {
        "HTTP_ACCEPT_LANGUAGE": "en," * 400,
        "HTTP_ACCEPT": "text/html" * 100,
        "HTTP_RANGE": "bytes=" + "0-1," * 9_000,
        "HTTP_COOKIE": "a=b; " * 9_000,
        "HTTP_ORIGIN": "http://" + "a." * 9_000,
        "PATH_INFO": "/",
    }
    trim(environ)
    assert environ == {
        "HTTP_ACCEPT": "text/html" * 100,
        "HTTP_ORIGIN": ("http://" + "a." * 9_000)[:1_000],
        "PATH_INFO": "/",
    }
