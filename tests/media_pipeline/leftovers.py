"""Makes by hand what the encoder leaves for the checks (analysis/material.py)."""

import io
import json

import numpy as np
from PIL import Image

from media_pipeline.analysis.material import CHECKS, DETAILS, FRAMES, JOB, MOTION, Material

RATE = 25


def leave(folder, *, motion=(), frames=(), details=(), fields=(), **job):
    """`motion` has arrays of (18, 32, 3); `frames` and `details` grey arrays of any size, `fields`
    idet's opinions."""
    (folder / MOTION).write_bytes(b"".join(one.astype(np.uint8).tobytes() for one in motion))
    (folder / FRAMES).write_bytes(b"".join(map(_jpeg, frames)))
    (folder / DETAILS).write_bytes(b"".join(map(_pgm, details)))
    (folder / CHECKS).write_text(
        "".join(
            f"frame:{number}\nlavfi.idet.single.current_frame={opinion}\n"
            for number, opinion in enumerate(fields)
        )
    )
    duration = max(len(motion) / RATE, len(frames), 1)
    described = {"duration": duration, "frame_rate": RATE, "facts": {"video": {}}, "loudness": {}}
    (folder / JOB).write_text(json.dumps(described | job))
    return Material(folder)


def picture(seed=1, *, size=(360, 640)):
    """Something to look at: sharp, and lit to its edges."""
    random = np.random.default_rng(seed)
    coarse = random.integers(60, 220, (size[0] // 12, size[1] // 16)).astype(np.uint8)
    large = Image.fromarray(coarse).resize((size[1], size[0]), Image.Resampling.NEAREST)
    return np.asarray(large).copy()


def _jpeg(grey):
    stream = io.BytesIO()
    Image.fromarray(grey.astype(np.uint8)).convert("RGB").save(stream, "JPEG", quality=92)
    return stream.getvalue()


def _pgm(grey):
    height, width = grey.shape
    return f"P5\n{width} {height}\n255\n".encode() + grey.astype(np.uint8).tobytes()
