import pytest
from django.core.files.base import ContentFile
from kombu import pools

from config.celery import app
from media_pipeline import services
from media_pipeline.choices import StepState
from tests.factories.merchants import MerchantFactory


@pytest.fixture
def broker_away():
    """Tasks go to a broker at an address where nothing listens."""
    before = {name: app.conf[name] for name in ("task_always_eager", "broker_url")}
    app.conf.update(task_always_eager=False, broker_url="redis://127.0.0.1:1/0")
    _forget_connections()
    yield
    app.conf.update(before)
    _forget_connections()


def _forget_connections():
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.mark.django_db(transaction=True)
def test_a_video_is_accepted_while_the_broker_is_away(broker_away):
    video = services.add_video(
        merchant=MerchantFactory(), user=None, title="Kettle", file=ContentFile(b"bytes", "a.mp4")
    )

    # Its rows are there, so that beat finds what is to be done once there is a broker again.
    assert {step.state for step in video.source.steps.all()} == {StepState.WAITING}
