import threading
from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from accounts import services
from accounts.models import Notification
from accounts.selectors import unread_count_for
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db


class RefusingBackend:
    """A mail server that is away."""

    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise SMTPException("mail server is away")


REFUSING = f"{__name__}.RefusingBackend"


def test_notifying_writes_a_row_and_mails_it_after_the_commit(django_capture_on_commit_callbacks):
    user = UserFactory(display_name="Ada")
    with django_capture_on_commit_callbacks(execute=True):
        notification = services.notify(
            user=user, subject="You won\nBcc: x@example.org", body="Well done.", url="/selected/"
        )
        assert mail.outbox == []
    [message] = mail.outbox
    assert message.to == [user.email]
    assert message.subject == "You won Bcc: x@example.org"
    assert "Hello Ada," in message.body
    assert "Well done." in message.body
    assert "http://localhost:8000/selected/" in message.body
    notification.refresh_from_db()
    assert notification.mailed_at is not None
    assert unread_count_for(user) == 1


@transaction.atomic
def notify_and_fail(user):
    services.notify(user=user, subject="Never", body="")
    raise RuntimeError


def test_a_rolled_back_action_tells_nobody(django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        notify_and_fail(user)
    assert not Notification.objects.exists()
    assert mail.outbox == []


def test_mail_is_sent_once_however_often_it_is_tried():
    NotificationFactory.create_batch(3)
    assert services.send_waiting_mail() == 3
    assert services.send_waiting_mail() == 0
    assert len(mail.outbox) == 3


def test_someone_without_an_account_is_written_to():
    services.notify_address(email="new@example.org", subject="Join us", body="Please.")
    assert services.send_waiting_mail() == 1
    assert mail.outbox[0].to == ["new@example.org"]


def test_closed_accounts_get_no_mail():
    NotificationFactory(user__is_active=False)
    assert services.send_waiting_mail() == 0


def test_a_mail_server_that_is_away_loses_nothing():
    notification = NotificationFactory()
    with override_settings(EMAIL_BACKEND=REFUSING):
        assert services.send_waiting_mail() == 0
    notification.refresh_from_db()
    assert notification.mailed_at is None
    assert notification.mail_error == "mail server is away"
    assert services.send_waiting_mail() == 0  # not at once again
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert services.send_waiting_mail() == 1
    notification.refresh_from_db()
    assert notification.mail_error == ""


def test_a_mail_that_can_never_be_sent_is_given_up():
    notification = NotificationFactory()
    moment = timezone.now()
    with override_settings(EMAIL_BACKEND=REFUSING):
        for _ in range(20):
            moment += timedelta(days=30)
            with time_machine.travel(moment):
                services.send_waiting_mail()
    notification.refresh_from_db()
    assert notification.mail_attempts == 12


def test_a_mail_whose_sender_died_goes_out_once_the_claim_ran_out():
    notification = NotificationFactory()
    assert services._claim(notification)  # and then the process is killed
    assert services.send_waiting_mail() == 0
    with time_machine.travel(timezone.now() + services.MAIL_CLAIM + timedelta(seconds=1)):
        assert services.send_waiting_mail() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == (
        f"<notification-{notification.pk}@localhost>"
    )


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_send_each_mail_once():
    NotificationFactory.create_batch(10)
    workers = 4
    together = threading.Barrier(workers)
    sent = []

    def work():
        together.wait()
        try:
            sent.append(services.send_waiting_mail())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 10
    assert len(mail.outbox) == 10
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 10
