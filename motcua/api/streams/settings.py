"""The state of the settings page's camera picture."""

from motcua.api.streams.shared import StreamState


class PreviewStream(StreamState):
    """The counter of the camera, null once the camera is not there any more, and whether nobody can be served there.

    Pictures come only while nobody can.
    """

    counter: int | None
    is_free: bool
