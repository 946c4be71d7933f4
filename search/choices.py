from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    RELEVANCE = "relevance", _("Best match")
    NEWEST = "newest", _("Newest")
    PRICE_UP = "price", _("Price, low to high")
    PRICE_DOWN = "-price", _("Price, high to low")
