import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Notification, User
from accounts.selectors import waiting_mail
from accounts.signals import notified

logger = logging.getLogger(__name__)

# How long one process may take over sending one mail before another may try.
MAIL_CLAIM = timedelta(minutes=5)
MAIL_BATCH = 200


@transaction.atomic
def notify(*, user: User, subject: str, body: str, url: str = "") -> Notification:
    """Tell a person something: on the site at once, by e-mail as soon as mail goes out.

    `url` is a path on this site.
    """
    notification = Notification.objects.create(
        user=user, subject=_one_line(subject), body=body, url=url
    )
    notified.send(sender=Notification)
    return notification


@transaction.atomic
def notify_many(*, users: Iterable[User], subject: str, body: str, url: str = "") -> None:
    """Tell many people the same thing, in a handful of statements."""
    line = _one_line(subject)
    Notification.objects.bulk_create(
        (Notification(user=user, subject=line, body=body, url=url) for user in users),
        batch_size=500,
    )
    notified.send(sender=Notification)


@transaction.atomic
def notify_each(*, notifications: Iterable[Notification]) -> None:
    """Tell many people a thing each, in a handful of statements. The rows come unsaved."""
    rows = list(notifications)
    for row in rows:
        row.subject = _one_line(row.subject)
    Notification.objects.bulk_create(rows, batch_size=500)
    notified.send(sender=Notification)


@transaction.atomic
def notify_address(*, email: str, subject: str, body: str, url: str = "") -> Notification:
    """Write to someone who has no account yet."""
    notification = Notification.objects.create(
        email=email, subject=_one_line(subject), body=body, url=url
    )
    notified.send(sender=Notification)
    return notification


def mark_notifications_read(*, user: User) -> None:
    user.notifications.filter(read_at=None).update(read_at=timezone.now())


def change_display_name(*, user: User, display_name: str) -> None:
    user.display_name = display_name.strip()
    user.save(update_fields=["display_name"])


def send_waiting_mail() -> int:
    """Send the mail of every notification that waits for it. Returns how many went out.

    Several processes may do this at once: each mail is claimed first, by one UPDATE. A process
    that dies between sending and noting it leaves the claim to run out, and that one mail may
    then go out twice; it carries the same Message-ID, by which mail programs know it again.
    """
    sent = 0
    for notification in waiting_mail()[:MAIL_BATCH]:
        if _claim(notification):
            sent += _send(notification)
    return sent


def _claim(notification: Notification) -> bool:
    claimed = Notification.objects.filter(
        pk=notification.pk, mailed_at=None, mail_not_before=notification.mail_not_before
    ).update(
        mail_not_before=timezone.now() + MAIL_CLAIM,
        mail_attempts=F("mail_attempts") + 1,
    )
    return claimed == 1


def _send(notification: Notification) -> bool:
    try:
        _message_of(notification).send()
    except (SMTPException, OSError) as error:
        delay = timedelta(minutes=2**notification.mail_attempts)
        Notification.objects.filter(pk=notification.pk).update(
            mail_not_before=timezone.now() + delay, mail_error=str(error)
        )
        logger.warning("Mail of notification %s failed: %s", notification.pk, error)
        return False
    Notification.objects.filter(pk=notification.pk).update(mailed_at=timezone.now(), mail_error="")
    return True


def _message_of(notification: Notification) -> EmailMessage:
    url = settings.SITE_URL + notification.url if notification.url else ""
    text = render_to_string(
        "accounts/mail/notification.txt",
        {"notification": notification, "url": url, "site_name": settings.SITE_NAME},
    )
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        subject=notification.subject,
        body=text,
        to=[notification.address],
        headers={"Message-ID": f"<notification-{notification.pk}@{host}>"},
    )


def _one_line(subject: str) -> str:
    """Subjects quote titles that people wrote; a line break in a mail's header is refused."""
    return " ".join(subject.split())[:200]
