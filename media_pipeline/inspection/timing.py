"""When the packets of a file are shown: measured by reading all of it, without decoding."""

from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet

UNEVEN = 0.3  # of the usual time between two pictures: what counts as another time
UNEVEN_SHARE = 0.05  # of all pictures, above which the rate varies
WINDOW = 1.0  # seconds in which the busiest moment of a varying rate is counted
NO_LENGTH = 0.1  # of the usual time: some files give each picture a length of one tick
A_PICTURE = 0.04  # seconds that a single picture stands
FEWEST = 5  # pictures that make a rate
MOST_TRIED = 100  # packets that are decoded at the beginning
LONGEST_PACKET = 10.0  # seconds; what claims to be shown for longer is shown until the next


@dataclass(slots=True)
class Times:
    """Of one stream, in seconds."""

    count: int = 0
    first: float = 0.0
    end: float = 0.0
    starts: "array[float]" = field(default_factory=lambda: array("d"))
    """When each is shown; kept for the picture only."""
    last: float = 0.0
    last_length: float = 0.0
    """When the last is shown, and for how long if the file says that."""
    is_encrypted: bool = False

    @property
    def seconds(self) -> float:
        return self.end - self.first

    @property
    def is_variable(self) -> bool:
        """Whether many pictures stand for another time than the usual one."""
        gaps = self._gaps()
        if len(gaps) < 4:
            return False
        usual = sorted(gaps)[len(gaps) // 2]
        uneven = sum(abs(gap - usual) > usual * UNEVEN for gap in gaps)
        return uneven > len(gaps) * UNEVEN_SHARE

    @property
    def rate(self) -> float:
        """Pictures a second; where that varies, in the busiest moment."""
        if self.seconds <= 0:
            return 0.0
        if self.count < 2:
            return 1 / self.seconds
        if not self.is_variable:
            return (self.count - 1) / (max(self.starts) - min(self.starts) or self.seconds)
        gaps = sorted(self._gaps())
        return max(1 / gaps[len(gaps) // 2], self._busiest())

    def _gaps(self) -> list[float]:
        return [later - one for one, later in pairwise(sorted(set(self.starts)))]

    def _busiest(self) -> float:
        starts = sorted(set(self.starts))
        most, begin = 0.0, 0
        for number, start in enumerate(starts):
            while starts[begin] <= start - WINDOW:
                begin += 1
            if number - begin + 1 >= FEWEST:
                most = max(most, (number - begin) / (start - starts[begin]))
        return most


@dataclass(slots=True)
class Taster:
    """Decodes the beginning of a stream."""

    frames_wanted: int
    packets_tried: int = 0
    frames: list[Any] = field(default_factory=list)

    def taste(self, packet: Packet) -> None:
        """Decodes this one too, unless there was enough."""
        if len(self.frames) >= self.frames_wanted or self.packets_tried >= MOST_TRIED:
            return
        self.packets_tried += 1
        with suppress(av.FFmpegError):  # what counts is what comes out in the end
            self.frames += packet.decode()


def times_of(
    opened: InputContainer, pictures: int, tasters: dict[int, Taster], *, max_pictures: int
) -> dict[int, Times]:
    """For each stream with packets; `pictures` is the index of the one whose rate is asked for,
    and reading ends where it has more than `max_pictures`. What an edit list cuts away doesn't
    count. Those who want a taste get it on the way, because
    not every file finds back to its beginning."""
    found: dict[int, Times] = {}
    for packet in opened.demux():
        if packet.stream.index in tasters:
            tasters[packet.stream.index].taste(packet)
        # Some containers (AVI) know only the order in which packets are decoded.
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is None or packet.is_discard or not packet.size or not packet.time_base:
            continue
        start = float(stamp * packet.time_base)
        length = float((packet.duration or 0) * packet.time_base)
        end = start + (length if length < LONGEST_PACKET else 0.0)
        times = found.get(packet.stream.index)
        if times is None:
            times = found[packet.stream.index] = Times(first=start, end=end, last=start)
        times.count += 1
        times.is_encrypted = times.is_encrypted or packet.has_sidedata("encryption_info")
        if start >= times.last:
            times.last, times.last_length = start, length
        times.first = min(times.first, start)
        times.end = max(times.end, end)
        if packet.stream.index == pictures:
            times.starts.append(start)
            if times.count > max_pictures:
                break
    if pictures in found:
        _close(found[pictures])
    return found


def _close(times: Times) -> None:
    """The last picture stands for a while too, where the file doesn't say for how long."""
    gap = (times.last - times.first) / max(1, times.count - 1) or A_PICTURE
    if times.last_length < gap * NO_LENGTH:
        times.end = max(times.end, times.last + gap)
