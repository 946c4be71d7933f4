import secrets
import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from media_pipeline.choices import AssetKind, FindingKind, SourceState, StepName, StepState
from media_pipeline.findings import Level, level_of


class Picture(AbstractImage):
    """An image of a merchant's (or, without one, of the editors')."""

    merchant = models.ForeignKey(
        "merchants.Merchant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="pictures",
    )

    admin_form_fields = (*Image.admin_form_fields, "merchant")

    class Meta(AbstractImage.Meta):
        indexes = [models.Index(fields=["file"])]  # whose is it, is asked for each one that is sent

    def get_upload_to(self, filename: str) -> str:
        """A name nobody can guess: what isn't published must not be found by trying names."""
        return f"pictures/{secrets.token_urlsafe(12)}.{filename.rsplit('.', 1)[-1].lower()}"


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"])]


class Upload(models.Model):
    """A file on its way in (tus 1.0). Its bytes are in storage as soon as they are acknowledged."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.CASCADE, related_name="uploads"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=255)
    # By tus's concatenation a file may come in parts, several at once; the whole is made of them.
    is_part = models.BooleanField(default=False)
    whole = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    position = models.PositiveSmallIntegerField(null=True, help_text=_("Of a part in the whole."))
    length = models.BigIntegerField(help_text=_("Bytes announced."))
    offset = models.BigIntegerField(default=0, help_text=_("Bytes acknowledged."))
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    video = models.OneToOneField(
        "Video", null=True, blank=True, on_delete=models.SET_NULL, related_name="upload"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__gte=0, offset__lte=models.F("length")),
                name="upload_offset_within_length",
            )
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_whole(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.length


class Source(models.Model):
    """The bytes that were uploaded, and what the pipeline learned and made of them.

    Held apart from `Video`, because a video has revisions that can be gone back to, and what
    was measured and made must not go back with them. The same bytes are one source, whoever
    uploads them and however often.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # NULL until the bytes were read once: several may wait for that, and '' can't be unique.
    sha256 = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    file = models.FileField(upload_to="sources/", max_length=255)
    size = models.BigIntegerField(help_text=_("Bytes."))
    duration = models.FloatField(null=True, help_text=_("Seconds, measured."))
    width = models.PositiveIntegerField(null=True, help_text=_("Pixels, upright and square."))
    height = models.PositiveIntegerField(null=True)
    facts = models.JSONField(default=dict, help_text=_("What the probe found."))
    loudness = models.JSONField(default=dict, help_text=_("What listening found."))
    captions = models.JSONField(
        default=list, help_text=_("Tracks found in the file, or written down by a machine.")
    )
    waveform = models.JSONField(default=list, help_text=_("Peaks along the video, 0 to 100."))
    colour = models.CharField(max_length=7, blank=True, help_text=_("The one that dominates."))
    moments = models.JSONField(
        default=list, help_text=_("Seconds that would make a good poster, the best first.")
    )
    profile = models.PositiveSmallIntegerField(
        null=True, help_text=_("Which way of making them the renditions that are served have.")
    )
    poster = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256 or str(self.uuid)

    @property
    def state(self) -> SourceState:
        """Derived from the steps, which a caller with many sources prefetches. What is served
        stays ready whatever is made of it later."""
        if self.profile is not None:
            return SourceState.READY
        states = {step.state for step in self.steps.all()}
        for stopped in (SourceState.REFUSED, SourceState.FAILED, SourceState.CANCELLED):
            if stopped.value in states:
                return stopped
        return SourceState.PROCESSING

    @property
    def held_by(self) -> "list[Finding]":
        """What an editor must overrule, with a reason, before a video of it can go public;
        derived from the findings, which a caller with many sources prefetches."""
        return [
            finding
            for finding in self.findings.all()
            if finding.overruled_at is None and level_of(finding.kind) is Level.SERIOUS
        ]


class Step(models.Model):
    """One piece of work on a source. Rows, not messages, say what is still to be done: whoever
    works on one holds a lease, and a lease that ran out is taken over."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="steps")
    profile = models.PositiveSmallIntegerField(help_text=_("See `Source.profile`."))
    name = models.CharField(max_length=10, choices=StepName.choices)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)
    progress = models.FloatField(default=0, help_text=_("0 to 1."))
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_expires_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=120, blank=True, help_text=_("Host, process, start."))
    not_before = models.DateTimeField(null=True)
    message = models.TextField(blank=True, help_text=_("The sentence that the merchant reads."))
    log_tail = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "profile", "name"], name="one_step_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.name}"

    @property
    def seconds(self) -> float | None:
        """That its last attempt took, or has taken until now; None where it hasn't begun."""
        if self.started_at is None:
            return None
        is_running = self.state == StepState.RUNNING
        end = timezone.now() if is_running else self.ended_at
        return (end - self.started_at).total_seconds() if end else None


class Rendition(models.Model):
    """One rung of the ladder, as packaged: a single file of CMAF segments and its playlist."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="renditions")
    profile = models.PositiveSmallIntegerField(help_text=_("See `Source.profile`."))
    name = models.CharField(max_length=20, help_text=_("Such as 720p."))
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bandwidth = models.PositiveIntegerField(help_text=_("Bits a second, peak, measured."))
    average_bandwidth = models.PositiveIntegerField()
    codecs = models.CharField(max_length=60)
    path = models.CharField(max_length=255, help_text=_("Of the media file, in storage."))
    size = models.BigIntegerField(help_text=_("Bytes."))
    init_size = models.PositiveIntegerField(help_text=_("Bytes before the first segment's index."))
    segments = models.JSONField(help_text=_("For each: first byte, bytes, seconds."))
    key_frames = models.JSONField(
        default=list, help_text=_("For each: first byte, bytes, seconds to the next.")
    )

    class Meta:
        ordering = ["-height"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "profile", "name"], name="one_rendition_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.name}"


class FirstLook(models.Model):
    """One rung while it is being made, for the merchant and the editors: its segments are files
    of their own in storage until the whole rung is there."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="first_look")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    codecs = models.CharField(max_length=60)
    folder = models.CharField(max_length=255, help_text=_("Holds init.mp4, 0.m4s, 1.m4s …"))
    segments = models.JSONField(default=list, help_text=_("For each: bytes, seconds."))

    def __str__(self) -> str:
        return f"{self.source} · first look"


class Asset(models.Model):
    """A file that goes with the renditions: sprite, preview."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="assets")
    profile = models.PositiveSmallIntegerField(help_text=_("See `Source.profile`."))
    kind = models.CharField(max_length=10, choices=AssetKind.choices)
    path = models.CharField(max_length=255, help_text=_("In storage."))
    size = models.BigIntegerField(help_text=_("Bytes."))
    details = models.JSONField(default=dict, help_text=_("What using it needs to know."))

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "profile", "kind"], name="one_asset_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.kind}"


class Still(models.Model):
    """A moment that could be the poster; the merchant may pick another than we did."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="stills")
    second = models.FloatField()
    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="still")

    class Meta:
        ordering = ["second"]

    def __str__(self) -> str:
        return f"{self.source} · {self.second:.1f} s"


class Finding(models.Model):
    """Something in the video that an editor should look at, where it is, and what was decided."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind.choices)
    start = models.FloatField(help_text=_("Seconds."))
    end = models.FloatField(help_text=_("Seconds."))
    detail = models.CharField(max_length=300, blank=True, help_text=_("What was read or measured."))
    other = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("What it looks like; the source itself where several videos have its bytes."),
    )
    path = models.CharField(max_length=255, blank=True, help_text=_("Of its picture, in storage."))
    size = models.PositiveIntegerField(default=0, help_text=_("Bytes of its picture."))
    overruled_at = models.DateTimeField(null=True, blank=True)
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it was overruled."))

    class Meta:
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return f"{self.source} · {self.kind} · {self.start:.1f} s"


class Fingerprint(models.Model):
    """What one moment of a source looks like, for finding the same video again (analysis/
    fingerprints.py). The bands are parts of `bits` that an index can find."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="fingerprints")
    second = models.FloatField()
    bits = models.BigIntegerField(help_text=_("64 bits, signed."))
    band_0 = models.PositiveIntegerField(db_index=True)
    band_1 = models.PositiveIntegerField(db_index=True)
    band_2 = models.PositiveIntegerField(db_index=True)
    band_3 = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.source} · {self.second:.1f} s"


class Quota(models.Model):
    """How much a merchant may keep here, where that differs from the settings' default."""

    merchant = models.OneToOneField(
        "merchants.Merchant", on_delete=models.CASCADE, related_name="video_quota"
    )
    size = models.BigIntegerField(help_text=_("Bytes of files as they were uploaded."))
    videos = models.PositiveIntegerField(help_text=_("Videos."))

    def __str__(self) -> str:
        return f"{self.merchant}: {self.size} bytes, {self.videos} videos"


class VideoQuerySet(models.QuerySet["Video"]):
    def public(self) -> "VideoQuerySet":
        """What anyone may see: approved, and by a merchant that is not suspended."""
        return self.filter(live=True, merchant__state="active")


class Video(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A merchant's video as people see it: title, words, and whether it is public (`live`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.CASCADE, related_name="videos"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="videos")
    title = models.CharField(_("title"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    # Tracks of words, chapters and a poster of the merchant's own wait for an editor with the
    # other words: they are part of each revision.
    captions = models.JSONField(default=list, blank=True, help_text=_("As captions.py has them."))
    chapters = models.JSONField(default=list, blank=True, help_text=_("For each: start, title."))
    poster = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    revisions = GenericRelation("wagtailcore.Revision", related_query_name="video")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="video",
        for_concrete_model=False,
    )

    objects = VideoQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("storefront:watch", args=[self.uuid])

    def with_content_json(self, content: dict[str, Any]) -> "Video":
        """What a revision brings back are the words. Whose it is, its file and a take-down are
        the row's: going back to an earlier version must not undo them."""
        kept = {
            "uuid": str(self.uuid),
            "merchant": self.merchant_id,
            "source": self.source_id,
            "uploaded_by": self.uploaded_by_id,
        }
        video: Video = super().with_content_json({**content, **kept})
        video.created_at = self.created_at
        video.taken_down_at = self.taken_down_at
        return video

    @property
    def shown_poster(self) -> Picture | None:
        """The merchant's choice, or ours."""
        return self.poster or self.source.poster

    @property
    def can_be_published(self) -> bool:
        is_ready = self.source.state == SourceState.READY and self.taken_down_at is None
        return is_ready and not self.source.held_by
