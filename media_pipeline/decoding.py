"""The part of validation that decodes. Runs in a process of its own (see validation.py); knows
PyAV, and neither Django nor the database."""

import io
import json
import sys
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

SOUND_PACKETS = 100  # tried, from the beginning: about two seconds
INSTANT = 5  # a NAL unit of a picture that needs no other (ITU-T H.264, table 7-1)
PARAMETERS = 7
PICTURES = range(1, 6)


def decode(path: str) -> dict[str, Any]:
    """The facts of `validation.Decoded`, as plain values."""
    facts: dict[str, Any] = {
        "key_frames": 0,
        "width": 0,
        "height": 0,
        "sound_frames": 0,
        "parameters_agree": True,
    }
    options = {"protocol_whitelist": "file", "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2"}
    try:
        with av.open(f"file:{path}", format="mov", options=options) as opened:
            facts |= _decode(opened)
    except (av.FFmpegError, ValueError) as error:
        facts["complaint"] = getattr(error, "strerror", None) or type(error).__name__
    return facts


def _decode(opened: InputContainer) -> dict[str, Any]:
    picture = opened.streams.video[0]
    sound = opened.streams.audio[0] if opened.streams.audio else None
    context = picture.codec_context
    context.thread_count = 1
    context.options = {"err_detect": "explode"}
    pictures = _Pictures(picture)
    sound_packets = sound_frames = 0
    for packet in opened.demux():
        if packet.size == 0:
            continue
        if packet.stream is picture:
            pictures.take(packet)
        elif packet.stream is sound and sound_packets < SOUND_PACKETS:
            sound_packets += 1
            sound_frames += len(packet.decode())
    pictures.end()
    return {
        "key_frames": pictures.whole,
        "width": context.width,
        "height": context.height,
        "sound_frames": sound_frames,
        "parameters_agree": pictures.parameters_agree,
    }


class _Pictures:
    """Decodes key frames and nothing else: each must do without any other."""

    def __init__(self, stream: VideoStream) -> None:
        self.context: VideoCodecContext = stream.codec_context
        self.is_h264 = stream.codec_context.name == "h264"
        self.parameters = _parameters_of(bytes(stream.codec_context.extradata or b""))
        self.parameters_agree = True
        self.whole = 0

    def take(self, packet: Packet) -> None:
        if not packet.is_keyframe:
            return
        if self.is_h264:
            self._look_inside(packet)
        self._count(packet)

    def end(self) -> None:
        self._count(None)

    def _look_inside(self, packet: Packet) -> None:
        units = _units_of(bytes(packet))
        slices = [unit for unit in units if unit[0] & 0x1F in PICTURES]
        if not slices or any(unit[0] & 0x1F != INSTANT for unit in slices):
            raise ValueError("A key frame is none.")
        inside = [unit for unit in units if unit[0] & 0x1F == PARAMETERS]
        self.parameters_agree &= all(unit in self.parameters for unit in inside)

    def _count(self, packet: Packet | None) -> None:
        for frame in self.context.decode(packet):
            if not frame.is_corrupt and (frame.width, frame.height) == (
                self.context.width,
                self.context.height,
            ):
                self.whole += 1


def _units_of(data: bytes) -> list[bytes]:
    """The NAL units of a sample; four bytes before each say how long it is."""
    units, offset = [], 0
    while offset + 5 <= len(data):
        size = int.from_bytes(data[offset : offset + 4], "big")
        units.append(data[offset + 4 : offset + 4 + size])
        if size == 0 or len(units[-1]) != size:
            raise ValueError("A picture's parts don't fill it.")
        offset += 4 + size
    return units


def _parameters_of(configuration: bytes) -> list[bytes]:
    """The sequence parameter sets of an avcC (ISO/IEC 14496-15, 5.3.3.1)."""
    found, offset = [], 6
    for _ in range(configuration[5] & 0x1F if len(configuration) > 6 else 0):
        size = int.from_bytes(configuration[offset : offset + 2], "big")
        found.append(configuration[offset + 2 : offset + 2 + size])
        offset += 2 + size
    return found


def decode_ranges(path: str, init_size: int, ranges: list[str]) -> list[tuple[int, int]]:
    """(width, height) of what each range ('first byte+bytes') becomes behind the file's header;
    (0, 0) for what becomes nothing."""
    with open(path, "rb") as stream:
        header = stream.read(init_size)
        found = []
        for one in ranges:
            first, size = map(int, one.split("+"))
            stream.seek(first)
            found.append(_first_frame(header + stream.read(size)))
    return found


def _first_frame(data: bytes) -> tuple[int, int]:
    try:
        with av.open(io.BytesIO(data), mode="r", format="mov") as opened:
            opened.streams.video[0].codec_context.options = {"err_detect": "explode"}
            for frame in opened.decode(video=0):
                return (0, 0) if frame.is_corrupt else (frame.width, frame.height)
    except (av.FFmpegError, ValueError, IndexError):
        pass
    return (0, 0)


if __name__ == "__main__":
    path, *rest = sys.argv[1:]
    answer = decode_ranges(path, int(rest[0]), rest[1:]) if rest else decode(path)
    print(json.dumps(answer))
