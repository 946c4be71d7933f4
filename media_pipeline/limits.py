"""How much one program that handles an uploaded file may take. The operator sets it
(MEDIA_LIMITS, docs/SETTINGS.md) and sees it among the media at work."""

from django.conf import settings

from media_pipeline.sandbox import Limits

SMALL_FILE = 2**20  # bytes; a probe writes nothing at all
START_SECONDS = 300  # of CPU, for any file, however short
START_WALL_SECONDS = 600


def max_streams() -> int:
    """Tracks that a file may have."""
    return int(settings.MEDIA_LIMITS["streams"])


def max_pixels() -> int:
    """Of one picture."""
    return int(settings.MEDIA_LIMITS["pixels"])


def max_long_edge() -> int:
    """Pixels; players and encoders don't go further."""
    return int(settings.MEDIA_LIMITS["long_edge"])


def max_frames() -> int:
    """Pictures in all, whatever the rate: each must be decoded."""
    return int(settings.MEDIA_LIMITS["frames"])


def for_probing() -> Limits:
    """Reading through a file, decoding a few pictures of it."""
    return Limits(
        memory=settings.MEDIA_LIMITS["probe_memory"],
        cpu_seconds=settings.MEDIA_LIMITS["probe_cpu_seconds"],
        wall_seconds=settings.MEDIA_LIMITS["probe_wall_seconds"],
        file_size=SMALL_FILE,
    )


def for_encoding(seconds: float) -> Limits:
    """Making all rungs of a source that lasts so long."""
    return Limits(
        memory=settings.MEDIA_LIMITS["memory"],
        cpu_seconds=START_SECONDS + int(settings.MEDIA_LIMITS["cpu_seconds"] * seconds),
        wall_seconds=START_WALL_SECONDS + settings.MEDIA_LIMITS["wall_seconds"] * seconds,
        file_size=settings.MEDIA_LIMITS["output"],
    )
