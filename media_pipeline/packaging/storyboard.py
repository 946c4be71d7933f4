"""The seek bar's pictures, as players know them: WebVTT whose cues name a part of a picture."""

from collections.abc import Mapping


def storyboard(details: Mapping[str, float], *, duration: float, file: str) -> str:
    """`details` as sprites.py leaves them: interval (seconds), columns, tiles, width and height
    (pixels of a tile). `duration` is the video's, in seconds; `file` the sprite's address."""
    tiles, columns, interval = (int(details[key]) for key in ("tiles", "columns", "interval"))
    width, height = int(details["width"]), int(details["height"])
    cues = ["WEBVTT"]
    for number in range(tiles):
        start = number * interval
        end = start + interval if number + 1 < tiles else max(duration, start + 0.001)
        left, top = number % columns * width, number // columns * height
        cues.append(f"{_clock(start)} --> {_clock(end)}\n{file}#xywh={left},{top},{width},{height}")
    return "\n\n".join(cues) + "\n"


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
