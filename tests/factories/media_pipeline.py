import atexit
import io
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import factory
import imageio_ffmpeg
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from media_pipeline import blobs, languages, packaging, places
from media_pipeline.choices import FIRST_STEPS, AssetKind, FindingKind, StepName, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import (
    Asset,
    Finding,
    Picture,
    Quota,
    Rendition,
    Source,
    Step,
    Still,
    Upload,
    Video,
)
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MerchantFactory


def tiny_video(
    path: Path,
    seconds: float = 1,
    size: tuple[int, int] = (640, 360),
    audio: bool = True,
    options: tuple[str, ...] = (),
) -> Path:
    """Renders a real clip (moving test picture, a tone) and returns its path. Its suffix decides
    what it becomes; `options` go to ffmpeg before the file's name."""
    width, height = size
    sources = ["-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=25"]
    if audio:
        sources += ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-c:a", "aac"]
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *sources]
    subprocess.run([*command, "-t", str(seconds), *codec, *options, str(path)], check=True)
    return path


def picture_bytes(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **options: Any) -> bytes:
    """A real picture file in memory."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def caption_track(*texts: str, language: str = "en", **changes: Any) -> dict[str, Any]:
    """Captions as a video has them, of 0.2 seconds each."""
    cues = [
        {"start": 0.2 * number, "end": 0.2 * number + 0.2, "text": text}
        for number, text in enumerate(texts or ("Fill the pot.",))
    ]
    track = {"language": language, "label": languages.own_name(language), "cues": cues}
    return {**track, "origin": "uploaded", "confirmed": True, **changes}


@cache
def _tiny_rendition() -> Path:
    """One rendition, as the encoder leaves it; rendered once for all tests."""
    folder = Path(tempfile.mkdtemp(prefix="auditorium-rendition-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    flags = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"
    return tiny_video(folder / "360p.mp4", options=("-movflags", flags))


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    merchant = factory.SubFactory(MerchantFactory)
    title = factory.Sequence(lambda n: f"Picture {n}")
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(), name="picture.jpg"))


class SourceFactory(DjangoModelFactory):
    """A source whose steps wait; `SourceFactory(ready=True)` has a rendition and a poster that
    can really be played and shown, `refused="…"` and `failed="…"` the sentence that people read."""

    class Meta:
        model = Source
        skip_postgeneration_save = True

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 1000
    duration = 1.0
    width = 640
    height = 360
    facts = factory.LazyFunction(lambda: {"video": {"frame_rate": 25.0}})

    @factory.post_generation
    def steps(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            Step.objects.bulk_create(
                Step(source=self, profile=PROFILE, name=name) for name in FIRST_STEPS
            )

    @factory.post_generation
    def ready(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted:
            _add_rendition(self)
            self.poster = PictureFactory(merchant=None, title="Poster")
            self.profile = PROFILE
            self.save()
            Step.objects.filter(source=self).update(
                state=StepState.DONE, progress=1, ended_at=timezone.now()
            )

    @factory.post_generation
    def refused(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if create and extracted:
            _end_at(self, StepName.PROBE, StepState.REFUSED, extracted)

    @factory.post_generation
    def failed(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if create and extracted:
            _end_at(self, StepName.ENCODE, StepState.FAILED, extracted)


class VideoFactory(DjangoModelFactory):
    """A video that is ready and not yet public; `VideoFactory(public=True)` is."""

    class Meta:
        model = Video

    class Params:
        public = factory.Trait(live=True, first_published_at=factory.LazyFunction(timezone.now))

    merchant = factory.SubFactory(MerchantFactory)
    source = factory.SubFactory(SourceFactory, ready=True)
    title = factory.Sequence(lambda n: f"Video {n}")
    description = "What it does, shown."
    live = False


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    merchant = factory.SubFactory(MerchantFactory)
    user = factory.SubFactory(UserFactory)
    filename = "rice-cooker.mp4"
    length = 1000
    expires_at = factory.LazyFunction(lambda: timezone.now() + timezone.timedelta(days=1))


class FindingFactory(DjangoModelFactory):
    """Something in a video; `FindingFactory(pictured=True)` has a picture in storage."""

    class Meta:
        model = Finding
        skip_postgeneration_save = True

    source = factory.SubFactory(SourceFactory, ready=True)
    kind = FindingKind.CODE
    start = 0.2
    end = 0.8
    detail = "example.com"

    @factory.post_generation
    def pictured(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted:
            picture = ContentFile(picture_bytes((320, 180)))
            self.path = default_storage.save(f"findings/{self.source.uuid}/{self.pk}.jpg", picture)
            self.size = picture.size
            self.save()


class StillFactory(DjangoModelFactory):
    class Meta:
        model = Still

    source = factory.SubFactory(SourceFactory, ready=True)
    second = 0.5
    picture = factory.SubFactory(PictureFactory, merchant=None, title="Still")


class AssetFactory(DjangoModelFactory):
    """A row without its file."""

    class Meta:
        model = Asset

    source = factory.SubFactory(SourceFactory, ready=True)
    profile = PROFILE
    kind = AssetKind.SPRITE
    path = factory.LazyAttribute(lambda asset: f"renditions/{asset.source.uuid}/sprite.webp")
    size = 20_000


class QuotaFactory(DjangoModelFactory):
    class Meta:
        model = Quota

    merchant = factory.SubFactory(MerchantFactory)
    size = 10 * 2**30
    videos = 100


def _add_rendition(source: Source) -> None:
    index = packaging.read_index(_tiny_rendition())
    path = places.rendition(source, PROFILE, "360p.mp4")
    blobs.put_file(path=_tiny_rendition(), name=path)
    Rendition.objects.create(
        source=source,
        profile=PROFILE,
        name="360p",
        width=640,
        height=360,
        bandwidth=index.bandwidth,
        average_bandwidth=index.average_bandwidth,
        codecs=index.codecs,
        path=path,
        size=index.size,
        init_size=index.init_size,
        segments=[[one.offset, one.size, one.seconds] for one in index.segments],
        key_frames=index.key_frames,
    )


def _end_at(source: Source, name: StepName, state: StepState, message: str) -> None:
    step = Step.objects.get(source=source, name=name)
    Step.objects.filter(source=source, pk__lt=step.pk).update(state=StepState.DONE, progress=1)
    Step.objects.filter(pk=step.pk).update(state=state, message=message)
