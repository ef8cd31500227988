"""Removing everything of the camera in one step: settings, scores, answers, figures by officer."""

from datetime import date, timedelta

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Tx
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import CameraData
from motcua.setup import actions


class CameraRemoval(Struct, frozen=True):
    """How many scores and how many answers to the camera question were erased."""

    scores: int
    answers: int


def remove_camera(tx: Tx) -> CameraRemoval:
    """Switch the camera off, erase all scores and all answers to its question, close figures by officer.

    One change over several subjects: each has its own journal row. What is gone already has none. The journal goes on
    saying that somebody was asked and what was answered, by visit: LEGAL.md#camera-and-ai.
    """
    document = actions.get_document(tx.db)
    camera = replace(document.settings.camera, is_on=False)
    actions.apply(tx, replace(document, settings=replace(document.settings, camera=camera)))
    view = feedback_store.find_last_officer_view(tx.db)
    if view is not None and view.closed_at is None:
        feedback_actions.close_officer_view(tx)
    tomorrow = (date.fromisoformat(tx.day) + timedelta(days=1)).isoformat()
    return CameraRemoval(
        feedback_actions.erase_camera_data(tx, CameraData.SCORES, tomorrow),
        feedback_actions.erase_camera_data(tx, CameraData.ANSWERS, tomorrow),
    )
