"""The sound of calls: joined from clips by the settings in force, for walls and loudspeakers."""

import re

from flask import Blueprint, Response, request

from motcua.calls import sentences, sounds
from motcua.catalogue.model import LETTERS
from motcua.desk import Unknown
from motcua.devices.kinds import CHECK_SOUND
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.voice.library import MissingClipsError
from motcua.voice.words import MOST
from motcua.web.site import Site

_NUMBER = re.compile(r"([A-Z])([0-9]{3,4})")
COUNTER_MAX, TIMES_MAX = 999, 2
SAMPLE = ("call", "A", 1, 1)


def install(screens: Blueprint, site: Site) -> None:
    """Add the sounds."""

    @screens.get("/voice/<name>.wav", endpoint="sound")
    def sound(name: str) -> Response:
        settings = _settings(site)
        if f"/voice/{name}.wav" == CHECK_SOUND:
            sample_call = sentences.compose_call(settings, *SAMPLE)
            if sounds.is_audible(settings, site.voice, sample_call):
                return _joined(site, settings, sample_call, times=1, rings=True)
        elif f"/voice/{name}.wav" != sounds.CHIME_PATH:
            raise _unknown()
        return _answer(site.voice.read_chime(sentences.get_region(settings), settings.voice.speed))

    @screens.get("/voice/<kind>/<number>/<int:counter>.wav", endpoint="sound_of_call")
    def sound_of_call(kind: str, number: str, counter: int) -> Response:
        settings = _settings(site)
        match = _NUMBER.fullmatch(number)
        seat = request.args.get("seat")
        if (
            match is None
            or match[1] not in LETTERS
            or not 0 < counter <= COUNTER_MAX
            or kind not in sentences.TEMPLATES
        ):
            raise _unknown()
        if (kind == "seat" and seat not in settings.seats.labels) or not 0 < int(match[2]) <= MOST:
            raise _unknown()
        spoken_call = sentences.compose_call(settings, kind, match[1], int(match[2]), counter, seat)
        times, rings = request.args.get("times", 1, int), request.args.get("chime", 0, int)
        return _joined(site, settings, spoken_call, times=min(max(times, 1), TIMES_MAX), rings=bool(rings))


def _settings(site: Site) -> Settings:
    with site.desk.read() as db:
        return settings_store.get_settings(db)


def _joined(
    site: Site, settings: Settings, spoken_call: sentences.CallSentence, *, times: int, rings: bool
) -> Response:
    if not settings.voice.is_on:
        raise Unknown("voice.off", "Calls are not spoken here: the voice is switched off in the settings.")
    try:
        return _answer(
            site.voice.join_sound(
                spoken_call.sentence.pieces,
                sentences.get_region(settings),
                settings.voice.speed,
                times=times,
                rings=rings,
            )
        )
    except MissingClipsError:
        raise Unknown(
            "voice.missing",
            "This sentence cannot be spoken yet: its clips are still being made, or no voice is installed.",
        ) from None


def _unknown() -> Unknown:
    return Unknown("voice.unknown", "There is no such sound.")


def _answer(sound: bytes) -> Response:
    response = Response(sound, content_type="audio/wav")
    response.headers["Cache-Control"] = "no-store"
    return response
