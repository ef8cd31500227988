"""What one has to say about a camera: what is right is taken, what is wrong is refused by its place."""

from typing import Any

import pytest
from pydantic import ValidationError

from motcua.devices.camera.options import CameraOptions, NetworkOptions, UsbOptions, VideoFileOptions
from motcua.devices.contract import DeviceError
from motcua.devices.loading import build_driver


@pytest.mark.parametrize(
    "port", ["http://192.168.1.60/stream.mjpg", "https://cam:8443/", "rtsp://u:p@[fe80::1]:554/live"]
)
def test_an_address_of_a_stream_is_taken(port: str) -> None:
    assert NetworkOptions(port=port, counter=1).place == port


@pytest.mark.parametrize(
    "port",
    ["", "192.168.1.60", "file:///etc/passwd", "concat:a|b", "http://", "http://cam:0/", "http://cam/a b", "ftp://x"],
)
def test_anything_else_is_no_address_of_a_stream(port: str) -> None:
    with pytest.raises(ValidationError, match="begins with one of"):
        NetworkOptions(port=port, counter=1)


@pytest.mark.parametrize(("port", "place"), [(0, "0"), ("1", "1"), ("/dev/v4l/by-id/usb-X-index0", None)])
def test_a_usb_camera_is_a_number_or_a_file_of_dev(port: Any, place: str | None) -> None:
    assert UsbOptions(port=port, counter=1).place == (place or port)


@pytest.mark.parametrize("port", ["", "-1", "/etc/passwd", "/dev/../etc/passwd", "http://cam/", None, 1.5, True])
def test_anything_else_is_no_usb_camera(port: Any) -> None:
    with pytest.raises(ValidationError):
        UsbOptions(port=port, counter=1)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ([0.25, 0.1, 0.5], (0.25, 0.1, 0.5)),
        ("0.25 0.1 0.5", (0.25, 0.1, 0.5)),
        ("0.25,0.1,0.5", (0.25, 0.1, 0.5)),
        ("[0.25, 0.1, 0.5]", (0.25, 0.1, 0.5)),
        ("0,25; 0,1; 0,5", (0.25, 0.1, 0.5)),
        ("  ", None),
        (None, None),
    ],
)
def test_a_region_is_read_as_people_write_it(region: Any, expected: object) -> None:
    assert VideoFileOptions(file="a.avi", counter=1, region=region).region == expected


@pytest.mark.parametrize("region", [[0, 0], [0, 0, 0], [-0.1, 0, 1], [1, 0, 0.5], [0, 0, 1.1], "left", [0, 0, "nan"]])
def test_a_region_that_is_no_square_of_the_picture_is_refused(region: Any) -> None:
    with pytest.raises(ValidationError, match="region"):
        VideoFileOptions(file="a.avi", counter=1, region=region)


@pytest.mark.parametrize("options", [{}, {"counter": 0}, {"counter": 1000}, {"counter": 1, "zoom": 2}])
def test_a_counter_is_needed_and_nothing_unknown_is_taken(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NetworkOptions(port="http://cam/", **options)


def test_a_password_is_no_part_of_what_says_that_an_address_is_wrong() -> None:
    with pytest.raises(DeviceError) as caught:
        build_driver("camera", "mjpeg", {"port": "gopher://admin:geheim@10.0.0.7/live", "counter": 1})
    assert "geheim" not in str(caught.value)


def test_the_base_names_no_place() -> None:
    with pytest.raises(NotImplementedError):
        _ = CameraOptions(counter=1).place
