"""The Celery application. Beat's schedule stands here, because only here are all apps known."""

import os

from celery import Celery
from celery.schedules import crontab

from config.broker import use_whole_messages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

use_whole_messages()
app = Celery("auditorium")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "search-drain-outbox": {"task": "search.tasks.drain_outbox", "schedule": 5.0},
    "search-reconcile": {
        "task": "search.tasks.reconcile_search",
        "schedule": crontab(hour="3", minute="10"),
    },
    "search-forget-old-searches": {
        "task": "search.tasks.forget_old_searches",
        "schedule": crontab(hour="3", minute="40"),
    },
    "media-resume-stalled": {"task": "media_pipeline.tasks.resume_stalled", "schedule": 20.0},
    "media-remake-outdated": {"task": "media_pipeline.tasks.remake_outdated", "schedule": 600.0},
    "media-expire-uploads": {"task": "media_pipeline.tasks.expire_uploads", "schedule": 3600.0},
    "media-remove-leftovers": {
        "task": "media_pipeline.tasks.remove_leftovers",
        "schedule": crontab(hour="4", minute="30"),
    },
    "accounts-send-waiting-mail": {"task": "accounts.tasks.send_waiting_mail", "schedule": 30.0},
    "selection-close-due-rounds": {"task": "selection.tasks.close_due_rounds", "schedule": 10.0},
    "products-resume-imports": {"task": "products.tasks.resume_imports", "schedule": 30.0},
    "cms-publish-scheduled": {"task": "cms.tasks.publish_scheduled", "schedule": crontab()},
}
