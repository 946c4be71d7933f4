"""The films' way: pipeline, editors, product, guide, audition, votes, result."""

import pytest
from django.core.management import CommandError, call_command

from cms.models import GuidePage
from demo import library
from demo.services import auditions, load_world, screenings, show_films
from media_pipeline import services
from media_pipeline.models import Source, Video
from products.models import Product
from selection.models import Entry, LedgerLine, Result, Vote
from selection.selectors import count_votes, recount_ledger
from tests.demo.worlds import counts
from tests.factories.media_pipeline import tiny_video


@pytest.fixture
def kitchen(monkeypatch, small_pictures):
    """A smaller world: what the audition that closes needs."""
    [audition] = [audition for audition in library.auditions() if audition.close]
    keys = {entry.film for entry in audition.entries}
    films = tuple(film for film in library.films() if film.key in keys)
    products = {film.product for film in films}
    guides = tuple(guide for guide in library.guides() if guide.key in {f.guide for f in films})
    for name, value in {
        "auditions": (audition,),
        "films": films,
        "guides": guides,
        "articles": tuple(article for article in library.articles() if article.id in products),
    }.items():
        monkeypatch.setattr(library, name, lambda value=value: value)
    load_world()
    return audition


@pytest.fixture
def clips(tmp_path):
    """A folder with two real clips, and something else."""
    folder = tmp_path / "clips"
    folder.mkdir()
    tiny_video(folder / "a.mp4", seconds=1)
    tiny_video(folder / "b.mov", seconds=1, size=(360, 640))
    (folder / "notes.txt").write_text("Not a video.")
    return folder


def work(seconds):
    """What a worker does in the time that is waited."""
    services.work()


@pytest.mark.django_db(transaction=True)
def test_films_are_shown_everywhere_and_the_round_gets_its_winners(kitchen, clips, capsys):
    call_command("demo", media=clips)
    printed = capsys.readouterr().out
    round = auditions.round_of(kitchen)

    assert "Videos that can be played: 4 of 4" in printed
    assert "The demo world is complete." in printed
    assert Video.objects.public().count() == 4
    assert Source.objects.count() == 2  # the same bytes are one source
    assert [product.videos.count() for product in Product.objects.all()] == [1] * 4
    for guide in GuidePage.objects.live():
        assert [block.block_type for block in guide.body].count("video") == 1
        assert not guide.has_unpublished_changes
    results = list(Result.objects.filter(entry__round=round).order_by("rank"))
    assert [result.rank for result in results] == [1, 2, 3, 4]
    assert [result.selected for result in results] == [True, True, False, False]
    assert results[0].entry.product.feed_id == "HL-RC-10"
    assert count_votes(round) == recount_ledger(round)
    assert Vote.objects.exclude(comment="").count() == sum(
        len(entry.yes_comments) + len(entry.no_comments) for entry in kitchen.entries
    )

    before = counts()
    call_command("demo", media=clips)
    assert counts() == before


@pytest.mark.django_db
def test_showing_goes_on_where_it_was_killed(kitchen, clips, monkeypatch):
    whole = auditions.cast_vote
    left = iter(range(50))

    def killed_after_fifty(**fields):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return whole(**fields)

    monkeypatch.setattr(auditions, "cast_vote", killed_after_fifty)
    with pytest.raises(KeyboardInterrupt):
        show_films(media=clips, wait=work)
    assert Vote.objects.count() == 50
    assert Result.objects.count() == 0

    monkeypatch.setattr(auditions, "cast_vote", whole)
    assert show_films(media=clips, wait=work)

    assert Video.objects.count() == Entry.objects.count() == Result.objects.count() == 4
    assert Vote.objects.count() == LedgerLine.objects.count()


@pytest.mark.django_db
def test_a_file_that_is_refused_is_named_and_holds_up_no_other(kitchen, clips):
    (clips / "a.mp4").write_bytes(b"This is no video." * 100)
    said = []

    complete = show_films(media=clips, say=said.append, wait=work)

    assert not complete
    assert [sentence.split(":")[0] for sentence in said] == [
        "Three habits of good rice",
        "Pinch, claw, slice",
    ]
    assert Result.objects.count() == 2


@pytest.mark.django_db
def test_films_are_rendered_where_no_folder_is_given(kitchen, monkeypatch):
    rendered = []

    def short(*, film, target):
        rendered.append(film.key)
        tiny_video(target, seconds=1)

    monkeypatch.setattr(screenings, "render_film", short)

    assert show_films(wait=work)
    assert rendered == [entry.film for entry in kitchen.entries]
    assert Video.objects.public().count() == 4


@pytest.mark.django_db
def test_without_a_worker_it_says_so_and_ends(kitchen, clips, monkeypatch):
    monkeypatch.setattr(screenings, "PATIENCE", -1)
    said = []

    complete = show_films(media=clips, say=said.append, wait=lambda seconds: None)

    assert not complete
    assert "Is a worker running?" in said[0]
    assert Video.objects.count() == 4
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_folder_without_videos_is_refused(kitchen, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    with pytest.raises(CommandError, match="no video files"):
        call_command("demo", media=empty)
    assert Video.objects.count() == 0
