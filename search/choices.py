from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How long a merchant has sold here."""

    ESTABLISHED = "established", _("Established here")
    NEW = "new", _("New here")


class Sort(models.TextChoices):
    RELEVANCE = "relevance", _("Best match")
    NEWEST = "newest", _("Newest")
    PRICE_UP = "price", _("Price, low to high")
    PRICE_DOWN = "-price", _("Price, high to low")
