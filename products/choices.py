from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("Listed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the merchant")
    TAKEN_DOWN = "taken_down", _("Taken down")


class AttributeKind(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    CHOICE = "choice", _("One of a list")
    YES_NO = "yes_no", _("Yes or no")


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Could not be read")


class FeedFormat(models.TextChoices):
    GOOGLE_TSV = "google_tsv", _("Google Merchant Center, tab-separated")
    GOOGLE_XML = "google_xml", _("Google Merchant Center, RSS or XML")
    JSON_LINES = "json_lines", _("JSON lines")
