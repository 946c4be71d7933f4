"""Files that belong to nothing: a worker put one into storage at the very moment at which its
video was deleted, or died between the file and its row."""

import logging
import re
from datetime import timedelta

from media_pipeline import blobs
from media_pipeline.models import Source

logger = logging.getLogger(__name__)

AGE = timedelta(days=1)  # what is younger may belong to work that is going on
# The source's number, as places.py writes it into each name: all of it, or its beginning.
OWNED = (
    ("between", re.compile(r"between/([0-9a-f-]{36})/")),
    ("findings", re.compile(r"findings/([0-9a-f-]{36})/")),
    ("renditions", re.compile(r"renditions/../[0-9a-f]{64}-([0-9a-f]{8})/")),
    ("sources", re.compile(r"sources/../[0-9a-f]{64}-([0-9a-f]{8})$")),
)


def remove_strays() -> None:
    """Removes what no source owns. Names that this app doesn't make are left alone."""
    for folder, pattern in OWNED:
        known: dict[str, bool] = {}
        for name in blobs.files_in(folder):
            match = pattern.match(name)
            if match is None:
                continue
            number = match.group(1)
            if number not in known:
                known[number] = Source.objects.filter(uuid__startswith=number).exists()
            if not known[number] and blobs.is_older(name, AGE):
                logger.warning("Removing %s, which belongs to nothing.", name)
                blobs.delete_files(name)
