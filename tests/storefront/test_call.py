import pytest

from tests.factories.selection import EntryFactory


@pytest.mark.django_db
def test_a_product_on_stage_calls_to_vote_from_its_page_and_its_videos(client):
    entry = EntryFactory()
    entry.product.videos.add(entry.video)

    for thing, label in ((entry.product, "Watch and vote"), (entry.video, "Vote")):
        page = client.get(thing.get_absolute_url()).text
        assert "On stage now: would you want this sold?" in page
        assert f'href="{entry.get_absolute_url()}">{label}</a>' in page
