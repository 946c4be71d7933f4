from django.db import models
from django.utils.translation import gettext_lazy as _


class StepName(models.TextChoices):
    INGEST = "ingest", _("Storing the file")
    PROBE = "probe", _("Checking the file")
    ENCODE = "encode", _("Making it play everywhere")
    STILLS = "stills", _("Making the poster")
    PUBLISH = "publish", _("Putting it together")


class StepState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")


class SourceState(models.TextChoices):
    """Derived from the steps; never stored."""

    PROCESSING = "processing", _("Processing")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
