from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Derived from the dates and from `closed_at`; never stored."""

    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    COUNTING = "counting", _("Being counted")
    CLOSED = "closed", _("Closed")


class EntryState(models.TextChoices):
    ENTERED = "entered", _("Entered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SET_ASIDE = "set_aside", _("Set aside by an editor")


class Choice(models.TextChoices):
    YES = "yes", _("Yes, sell it")
    NO = "no", _("No, thank you")


class LedgerMark(models.TextChoices):
    """What a line of the ledger says: a choice, or that there is none any more."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    TAKEN_BACK = "taken_back", _("Taken back")
