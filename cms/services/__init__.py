"""Every write of this app: one transaction each, keyword arguments only."""

from cms.services.guides import (
    create_guide,
    delete_guide,
    restore_version,
    save_guide,
    schedule_guide,
)
from cms.services.moderation import (
    approve,
    overrule,
    publish_approved_videos,
    publish_scheduled,
    send_back,
    submit,
    withdraw_submission,
)
from cms.services.site import ensure_site
from cms.services.take_downs import lift_take_down, take_down
from cms.services.wanted import answer_wanted_guide, close_wanted_guide, want_guide

__all__ = [
    "answer_wanted_guide",
    "approve",
    "close_wanted_guide",
    "create_guide",
    "delete_guide",
    "ensure_site",
    "lift_take_down",
    "overrule",
    "publish_approved_videos",
    "publish_scheduled",
    "restore_version",
    "save_guide",
    "schedule_guide",
    "send_back",
    "submit",
    "take_down",
    "want_guide",
    "withdraw_submission",
]
