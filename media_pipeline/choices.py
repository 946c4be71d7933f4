from django.db import models
from django.utils.translation import gettext_lazy as _


class StepName(models.TextChoices):
    INGEST = "ingest", _("Storing the file")
    PROBE = "probe", _("Checking the file")
    LISTEN = "listen", _("Measuring the sound")
    ENCODE = "encode", _("Making it play everywhere")
    EXAMINE = "examine", _("Looking at what it shows")
    STILLS = "stills", _("Making pictures of it")
    PUBLISH = "publish", _("Putting it together")
    # After it can be watched, and only where the settings ask for it.
    TRANSCRIBE = "transcribe", _("Writing down what is said")
    COMPRESS = "compress", _("Making it smaller, for newer devices")


FIRST_STEPS = (
    StepName.INGEST,
    StepName.PROBE,
    StepName.LISTEN,
    StepName.ENCODE,
    StepName.EXAMINE,
    StepName.STILLS,
    StepName.PUBLISH,
)


class StepState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class SourceState(models.TextChoices):
    """Derived from the steps; never stored."""

    PROCESSING = "processing", _("Processing")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class AssetKind(models.TextChoices):
    """Files that a source has beside its renditions."""

    SPRITE = "sprite", _("Pictures for the seek bar")
    PREVIEW = "preview", _("Short silent preview")


class FindingKind(models.TextChoices):
    """What an editor should look at. What each weighs stands in findings.py."""

    BLACK = "black", _("Black picture")
    FROZEN = "frozen", _("Picture stands still")
    SILENCE = "silence", _("Silence")
    QUIET = "quiet", _("Recorded too quietly or too loudly")
    CLIPPING = "clipping", _("Overdriven sound")
    LETTERBOX = "letterbox", _("Black bars around the picture")
    BLUR = "blur", _("Blurred picture")
    BLOCKS = "blocks", _("Picture made of blocks")
    FLASHES = "flashes", _("Flashes that could hurt")
    INTERLACED = "interlaced", _("Interlaced picture")
    CODE = "code", _("QR code or bar code")
    ADDRESS = "address", _("Web or mail address")
    TELEPHONE = "telephone", _("Telephone number")
    PRICE = "price", _("Price")
    DUPLICATE = "duplicate", _("Looks like a video that is here already")
    WATERMARK = "watermark", _("Another shop's mark")
    UNCHECKED = "unchecked", _("Could not be checked")


class CaptionOrigin(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    EMBEDDED = "embedded", _("From the video file")
    TYPED = "typed", _("Written here")
    AUTOMATIC = "automatic", _("Written down by a machine")
