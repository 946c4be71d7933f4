from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import Notification, User

# With the waiting doubled each time, the last attempt comes two days after the first.
MAX_MAIL_ATTEMPTS = 12


def notifications_for(user: User) -> QuerySet[Notification]:
    """What this person was told, newest first."""
    return user.notifications.all()


def unread_count_for(user: User) -> int:
    return user.notifications.filter(read_at=None).count()


def waiting_mail() -> QuerySet[Notification]:
    """Notifications whose mail may be sent now, oldest first."""
    return (
        Notification.objects.filter(
            mailed_at=None,
            mail_attempts__lt=MAX_MAIL_ATTEMPTS,
            mail_not_before__lte=timezone.now(),
        )
        .exclude(user__is_active=False)
        .select_related("user")
        .order_by(F("mail_not_before").asc(), "pk")
    )
