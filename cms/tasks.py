from celery import shared_task

from cms import services


@shared_task
def publish_scheduled() -> None:
    """Beat, every minute: what is due comes out, what has expired goes in, and videos that were
    approved before they could be played come out too."""
    services.publish_scheduled()
    services.publish_approved_videos()
