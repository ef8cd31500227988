"""A photo is decoded in a process with little memory: what would fill it is refused, and nothing else falls."""

import base64
import io
import json
import subprocess
import sys
from functools import cache

import pytest
from PIL import Image

from motcua.run import child

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory"),
]


def ask(photo: bytes, memory_bytes: int) -> dict[str, object]:
    """Let a process with this much memory decode a photo, and return what it answers."""
    code = f"from motcua.run import child; child.MEMORY_BYTES = {memory_bytes}; child.main([])"
    question = json.dumps({"task": "photo", "given": {"photo": base64.b64encode(photo).decode()}}) + "\n"
    done = subprocess.run([sys.executable, "-c", code], input=question, capture_output=True, text=True, check=True)  # noqa: S603
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@cache
def picture(side_px: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side_px, side_px), "white").save(out, "PNG", compress_level=1)
    return out.getvalue()


def test_a_photo_that_needs_more_memory_than_allowed_is_refused() -> None:
    answer = ask(picture(7000), 250_000_000)
    assert "refused" in answer or "failed" in answer


def test_the_same_photo_is_taken_with_the_memory_that_the_desk_allows() -> None:
    answer = ask(picture(7000), child.MEMORY_BYTES)
    jpeg = base64.b64decode(str(answer["result"]["jpeg"]))  # type: ignore[index]
    assert Image.open(io.BytesIO(jpeg)).size == (1600, 1600)
