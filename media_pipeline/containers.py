"""What a file is by its first bytes. Pure; nothing here opens anything.

Only what is in this list is ever given to a demuxer, and to that one alone: playlists, lists of
files and scripts have no entry, whatever their name says that they are.
"""

HEAD = 1024  # bytes that are looked at
QUICKTIME_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
BEGINNINGS = {
    b"\x1aE\xdf\xa3": "matroska",
    b"\x00\x00\x01\xba": "mpeg",
    b"FLV": "flv",
    b"OggS": "ogg",
    b"0&\xb2u": "asf",
    b"\x06\x0e+4\x02\x05\x01\x01": "mxf",
}
OTHERS = {
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"8BPS": "picture",
    b"ID3": "sound",
    b"fLaC": "sound",
    b"\xff\xfb": "sound",
    b"\xff\xf1": "sound",
    b"\xff\xf9": "sound",
    b"#!AMR": "sound",
    b"MThd": "sound",
    b"PK\x03\x04": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"\x1f\x8b": "archive",
    b"#EXTM3U": "playlist",
    b"ffconcat": "playlist",
    b"%PDF": "document",
}
RIFF_KINDS = {b"WAVE": "sound", b"WEBP": "picture"}


def container_of(head: bytes) -> str:
    """The demuxer for a file that begins so, or '' for anything that isn't a video."""
    if head[4:8] in QUICKTIME_BOXES:
        return "" if head[4:8] == b"ftyp" and head[8:12] in PICTURE_BRANDS else "mov"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    for beginning, container in BEGINNINGS.items():
        if head.startswith(beginning):
            return container
    # Packets of 188 bytes; cameras put a time code of four before each.
    for first, length in ((0, 188), (4, 192)):
        if all(head[first + n * length :][:1] == b"G" for n in range(3)):
            return "mpegts"
    return ""


def kind_of(head: bytes) -> str:
    """What a file is that isn't a video: 'picture', 'sound', 'archive', 'playlist', 'document',
    or '' where we can't tell."""
    if head[4:8] == b"ftyp" and head[8:12] in PICTURE_BRANDS:
        return "picture"
    if head[4:8] == b"ftyp" and head[8:12] in SOUND_BRANDS:
        return "sound"
    if head[:4] == b"RIFF":
        return RIFF_KINDS.get(head[8:12], "")
    for beginning, kind in OTHERS.items():
        if head.startswith(beginning):
            return kind
    return ""


def container_family(container: str) -> str:
    """All the names under which ffmpeg lists that demuxer."""
    return {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}.get(container, container)
