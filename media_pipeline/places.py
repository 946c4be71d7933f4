"""Where in storage things lie. By content: the hash of the uploaded bytes leads each name. The
source's own number follows it, because a source that is being deleted and a new one of the same
bytes must not touch each other's files."""

from media_pipeline.models import Source


def original(source: Source, sha256: str) -> str:
    """The bytes as they were uploaded."""
    return f"sources/{_folder(source, sha256)}"


def renditions(source: Source) -> str:
    """The folder of all that is served of it, in all profiles."""
    return f"renditions/{_folder(source, source.sha256 or '')}"


def rendition(source: Source, profile: int, name: str) -> str:
    """One file that is made of it: '720p.mp4', 'sprite.webp'."""
    return f"{renditions(source)}/p{profile}/{name}"


def first_look(source: Source, attempt: int) -> str:
    """The folder of a rung that can be watched while it is being made."""
    return f"{renditions(source)}/first-{attempt}"


def between_steps(source: Source) -> str:
    """The folder for what one step leaves for another."""
    return f"between/{source.uuid}"


def findings(source: Source) -> str:
    """The folder of the findings' pictures."""
    return f"findings/{source.uuid}"


def _folder(source: Source, sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}-{source.uuid.hex[:8]}"
