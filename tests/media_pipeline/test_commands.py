import pytest
from django.core.management import CommandError, call_command

from media_pipeline.models import Video
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def test_a_video_can_be_added_from_the_shell(tmp_path, capsys):
    merchant = MerchantFactory(slug="kitchen")
    clip = tiny_video(tmp_path / "clip.mp4")

    call_command("add_video", str(clip), merchant="kitchen", title="Rice cooker")
    video = Video.objects.get()
    assert (video.merchant, video.title) == (merchant, "Rice cooker")
    assert video.source.size == clip.stat().st_size
    assert capsys.readouterr().out == f"{video.uuid}: a worker will take it from here.\n"


@pytest.mark.parametrize(
    ("file", "slug", "complaint"),
    [("missing.mp4", "kitchen", "No such file"), (__file__, "nobody", "There is no merchant")],
)
def test_the_shell_says_what_is_wrong_and_adds_nothing(file, slug, complaint):
    MerchantFactory(slug="kitchen")

    with pytest.raises(CommandError, match=complaint):
        call_command("add_video", file, merchant=slug, title="Rice cooker")
    assert not Video.objects.exists()
