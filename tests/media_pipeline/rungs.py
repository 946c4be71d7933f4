"""Rungs as the encoder leaves them, without the database: files, and what a playlist knows of
each."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from media_pipeline import packaging
from tests.factories.media_pipeline import tiny_video

FLAGS = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"
FRAME_RATE = (25, 1)


@dataclass
class Rung:
    """What `packaging.Playable` asks for."""

    name: str
    path: Path
    width: int
    height: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    size: int
    init_size: int
    segments: list
    key_frames: list


def make_rung(folder, *, seconds, size=(640, 360), audio=True, options=(), name=None):
    """Renders one with a key frame every two seconds (or as `options` say)."""
    name = name or f"{min(size)}p"
    path = tiny_video(
        folder / f"{name}.mp4",
        seconds=seconds,
        size=size,
        audio=audio,
        options=(
            *("-g", "50", "-sc_threshold", "0", "-crf", "30", "-maxrate", "1M", "-bufsize", "1M"),
            *options,
            *("-movflags", FLAGS),
        ),
    )
    return rung_of(path, size)


def rung_of(path, size):
    index = packaging.read_index(path)
    return Rung(
        name=path.stem,
        path=path,
        width=size[0],
        height=size[1],
        bandwidth=index.bandwidth,
        average_bandwidth=index.average_bandwidth,
        codecs=index.codecs,
        size=index.size,
        init_size=index.init_size,
        segments=[list(row) for row in index.segments],
        key_frames=[list(row) for row in index.key_frames],
    )


class FolderReader:
    """Playlists written for these rungs, of which a test may change the text; their files."""

    def __init__(self, *rungs, change=lambda address, text: text):
        self.rungs = list(rungs)
        self.change = change

    def text(self, address):
        text = packaging.playlist(address, self.rungs, frame_rate=FRAME_RATE)
        if text is None:
            raise ValueError(f"There is no {address}.")
        return self.change(address, text)

    @contextmanager
    def file(self, address):
        yield next(rung.path for rung in self.rungs if f"{rung.name}.mp4" == address)
