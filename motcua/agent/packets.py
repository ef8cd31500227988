"""What the desk sends to an agent, checked: fields of exact types, others ignored."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from motcua.agent.worker import ReceivedJob


class Packet(BaseModel):
    """The payload of an event from the desk."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", defer_build=True)


class JobPacket(Packet):
    """A job for one of the agent's devices."""

    desk: str
    id: int
    kind: str
    payload: dict[str, Any]
    ttl_ms: int
    device: str = ""

    @property
    def job(self) -> ReceivedJob:
        """Return the job."""
        return ReceivedJob(self.desk, self.id, self.kind, self.payload, self.ttl_ms, self.device)


class SignsPacket(Packet):
    """What every sign has to show now; a job with a lower number than `order` is older."""

    order: int
    signs: list[dict[str, Any]]

    @property
    def states(self) -> list[dict[str, Any]]:
        """Return what each sign has to show, with the order."""
        return [{**sign, "order": self.order} for sign in self.signs]


class LampWord(Packet):
    """What the lamp of a counter has to show."""

    counter: int
    lamp: str


class LampsPacket(Packet):
    """What the lamps of keypads have to show now; a counter that is not there has nothing to show."""

    lamps: list[LampWord]

    @property
    def by_counter(self) -> dict[int, str]:
        """Return the word of each counter."""
        return {state.counter: state.lamp for state in self.lamps}


class PreviewPacket(Packet):
    """Whether a device shows what it sees to whoever sets it up; said again every two seconds, else it ends."""

    device: str
    on: bool


class WatchPacket(Packet):
    """Whether somebody at a kiosk waits for what a device brings; said again every two seconds, else it ends."""

    device: str
    watch: str
    on: bool


T = TypeVar("T", bound=Packet)


def read_packet(packet: type[T], data: object) -> T | None:
    """Return `data` as a `packet`, None for something else."""
    try:
        return packet.model_validate(data)
    except ValidationError:
        return None
