"""The DASH manifest (ISO/IEC 23009-1, on-demand profile) over the same files: each says in its
own index where its fragments are."""

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from media_pipeline.packaging.hls import Playable, picture_codec
from media_pipeline.packaging.index import target_duration

MANIFEST = "manifest.mpd"
NAMESPACE = "urn:mpeg:dash:schema:mpd:2011"
PROFILE = "urn:mpeg:dash:profile:isoff-on-demand:2011"


def manifest(renditions: Sequence[Playable], frame_rate: tuple[int, int]) -> str:
    """One list of rungs for each codec; players change within one. `frame_rate` is a fraction."""
    seconds = max(sum(row[2] for row in one.segments) for one in renditions)
    longest = max(target_duration(one.segments) for one in renditions)
    root = ElementTree.Element(
        "MPD",
        {
            "xmlns": NAMESPACE,
            "type": "static",
            "profiles": PROFILE,
            "mediaPresentationDuration": f"PT{seconds:.3f}S",
            "minBufferTime": f"PT{longest}S",
        },
    )
    period = ElementTree.SubElement(root, "Period", {"id": "0", "start": "PT0S"})
    ordered = sorted(renditions, key=_family)
    for number, (_, rungs) in enumerate(groupby(ordered, key=_family)):
        _add_set(period, number, sorted(rungs, key=_bandwidth), frame_rate)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def _add_set(
    period: ElementTree.Element,
    number: int,
    rungs: Sequence[Playable],
    frame_rate: tuple[int, int],
) -> None:
    numerator, denominator = frame_rate
    group = ElementTree.SubElement(
        period,
        "AdaptationSet",
        {
            "id": str(number),
            "mimeType": "video/mp4",
            "frameRate": f"{numerator}/{denominator}" if denominator > 1 else str(numerator),
            "sar": "1:1",
            "maxWidth": str(max(one.width for one in rungs)),
            "maxHeight": str(max(one.height for one in rungs)),
            "startWithSAP": "1",
            "subsegmentAlignment": "true",
            "subsegmentStartsWithSAP": "1",
        },
    )
    for rung in rungs:
        _add_rung(group, rung)


def _add_rung(group: ElementTree.Element, rung: Playable) -> None:
    entry = ElementTree.SubElement(
        group,
        "Representation",
        {
            "id": rung.name,
            "codecs": rung.codecs,
            "bandwidth": str(rung.bandwidth),
            "width": str(rung.width),
            "height": str(rung.height),
        },
    )
    ElementTree.SubElement(entry, "BaseURL").text = f"{rung.name}.mp4"
    first, last = index_range(rung)
    base = ElementTree.SubElement(entry, "SegmentBase", {"indexRange": f"{first}-{last}"})
    ElementTree.SubElement(base, "Initialization", {"range": f"0-{rung.init_size - 1}"})


def index_range(rung: Playable) -> tuple[int, int]:
    """The first and last byte of the picture's index. Each track has one, all of one length, and
    they fill the place between the header and the first fragment."""
    indexes = int(rung.segments[0][0]) - rung.init_size
    length = indexes // len(rung.codecs.split(","))
    return rung.init_size, rung.init_size + length - 1


def _family(one: Playable) -> str:
    return picture_codec(one.codecs).split(".")[0]


def _bandwidth(one: Playable) -> int:
    return one.bandwidth
