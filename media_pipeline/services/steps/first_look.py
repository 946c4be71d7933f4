"""A rung can be watched while it is still being made, by its merchant and the editors: what the
encoder has finished of it is put into storage piece by piece."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from media_pipeline import blobs, encoding, ladder, packaging, places
from media_pipeline.models import FirstLook, Source


@dataclass(slots=True)
class FirstLookPublisher:
    source: Source
    path: Path
    """The growing file."""
    rung: ladder.Rung
    is_wanted: bool
    attempt: int
    _row: FirstLook | None = None
    _read_to: int = 0
    _segments: list[list[float]] = field(default_factory=list)

    @classmethod
    def for_job(cls, source: Source, job: encoding.Job, *, attempt: int) -> "FirstLookPublisher":
        """Of the rung that pages play. Nobody needs it where renditions can be watched already."""
        rung = ladder.progressive_of(job.rungs)
        return cls(
            source=source,
            path=job.folder / f"{rung.name}.mp4",
            rung=rung,
            is_wanted=source.profile is None and not source.renditions.exists(),
            attempt=attempt,
        )

    def publish_new(self) -> None:
        """Publishes what has been finished since the last time."""
        if not self.is_wanted or not self.path.exists():
            return
        init_size, fragments, self._read_to = packaging.fragments_of(self.path, self._read_to)
        if not fragments:
            return
        row = self._row or self._begin(init_size)
        for one in fragments:
            try:
                content = packaging.read_fragment(self.path, one)
            except packaging.BrokenFileError:  # the encoder is done, and moves what it wrote
                break
            self._put(f"{len(self._segments)}.m4s", content)
            self._segments.append([one.size, round(one.seconds, 5)])
        FirstLook.objects.filter(pk=row.pk).update(segments=self._segments)

    def _begin(self, init_size: int) -> FirstLook:
        """In a folder of its own each time: players may still read an earlier attempt's."""
        remove_first_look(self.source)
        self._row = FirstLook(
            source=self.source,
            width=self.rung.width,
            height=self.rung.height,
            codecs=packaging.codecs_of(self.path),
            folder=places.first_look(self.source, self.attempt),
        )
        with self.path.open("rb") as growing:
            self._put("init.mp4", growing.read(init_size))
        self._row.save(force_insert=True)
        return self._row

    def _put(self, name: str, content: bytes) -> None:
        with tempfile.NamedTemporaryFile(dir=blobs.scratch()) as piece:
            piece.write(content)
            piece.flush()
            folder = self._row.folder if self._row else ""
            blobs.put_file(path=Path(piece.name), name=f"{folder}/{name}")


def remove_first_look(source: Source) -> None:
    """When the whole rung is there, or another attempt begins."""
    row = FirstLook.objects.filter(source=source).first()
    if row:
        folder = row.folder
        row.delete()
        transaction.on_commit(lambda: blobs.delete_folder(folder))
