"""What people search, counted so that it leads back to nobody."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from search import query_log, services, tasks
from search.models import SearchCount

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_seen():
    cache.clear()


@pytest.fixture
def search(django_capture_on_commit_callbacks):
    """People search: as often as there are names."""

    def search(text, *visitors, exact=True):
        for visitor in visitors:
            with django_capture_on_commit_callbacks(execute=True):
                services.note_search(text, exact=exact, visitor=visitor)

    return search


def rows(days=30, **kwargs):
    return [
        (row["shown"], row["asked"], row["people"], row["not_found"])
        for row in query_log.searches_since(days, **kwargs)
    ]


def counted(text, *, days_ago=0, visitors=3, searches=None, misses=0):
    return SearchCount.objects.create(
        day=timezone.localdate() - timedelta(days=days_ago),
        key=query_log.query_key(text),
        text=text,
        words=text,
        searches=searches or visitors,
        visitors=visitors,
        misses=misses,
    )


def test_queries_that_search_reads_alike_are_one(search):
    search("Rice cookers", "ann", "bob")
    search("rice  COOKER!", "cid", exact=False)

    assert rows() == [("rice cookers", 3, 3, 1)]


def test_a_visitor_counts_once_a_day_and_query(search):
    search("kettle", "ann", "ann", "bob", "")
    search("wok", "ann")

    assert rows() == [("kettle", 4, 2, 0), ("wok", 1, 1, 0)]


def test_a_visitor_counts_again_on_another_day(search, monkeypatch):
    search("kettle", "ann")
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    search("kettle", "ann")

    assert rows() == [("kettle", 2, 2, 0)]
    assert SearchCount.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  ", "?!", "ann@example.org", "mail ann@example.org"])
def test_what_says_nothing_or_too_much_is_not_counted(search, text):
    search(text, "ann")

    assert not SearchCount.objects.exists()


def test_nothing_that_is_kept_or_sent_on_names_the_visitor(search, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.count_search, "apply_async", lambda **message: sent.append(message))

    search("kettle", "ann-from-somewhere")

    [message] = sent
    assert message["kwargs"]["token"]
    assert "ann" not in repr(message)
    tasks.count_search(**message["kwargs"])
    [row] = SearchCount.objects.values()
    assert message["kwargs"]["token"] not in repr(row)


def test_a_broker_that_is_away_stops_nobody(search, monkeypatch):
    def away(**_kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.count_search, "apply_async", away)

    search("kettle", "ann")

    assert not SearchCount.objects.exists()


def test_a_robot_that_makes_queries_up_fills_no_disk(search, monkeypatch):
    monkeypatch.setattr(query_log, "MOST_A_DAY", 2)

    search("one thing", "ann")
    search("another thing", "ann")
    search("yet something", "ann")
    search("one thing", "bob")

    assert sorted(rows()) == [("another thing", 1, 1, 0), ("one thing", 2, 2, 0)]


def test_only_the_days_asked_for_count():
    counted("kettle", days_ago=6, visitors=2)
    counted("kettle", days_ago=7, visitors=5)

    assert rows(days=7) == [("kettle", 2, 2, 0)]
    assert rows(days=8) == [("kettle", 7, 7, 0)]


def test_what_is_not_found_comes_by_how_often_it_was_missed():
    counted("kettle", visitors=9)
    counted("tagine", visitors=3, misses=2)
    counted("samovar", visitors=5, misses=1)

    assert [row[0] for row in rows(missed=True)] == ["tagine", "samovar"]


def test_old_rows_go():
    counted("kettle", days_ago=query_log.KEPT_DAYS + 1)
    counted("wok", days_ago=query_log.KEPT_DAYS)

    tasks.forget_old_searches()

    assert [row.text for row in SearchCount.objects.all()] == ["wok"]


def test_past_queries_go_on_from_what_is_typed_the_most_searched_first():
    counted("kettle with thermometer", visitors=3)
    counted("kettle red", visitors=5)
    counted("red kettle", visitors=9)

    assert query_log.past_queries("Kett", 5) == ["kettle red", "kettle with thermometer"]
    assert query_log.past_queries(["kettle", "w"], 5) == ["kettle with thermometer"]
    assert query_log.past_queries("kett", 1) == ["kettle red"]
    assert query_log.past_queries("red kettle", 5) == []
    assert query_log.past_queries("?", 5) == []


def test_past_queries_are_found_whatever_accents_and_dashes_are_typed(search):
    search("Wi-Fi café", "ann", "bob", "cid")

    assert query_log.past_queries("wi fi c", 5) == ["wi-fi café"]


def test_what_few_people_searched_on_one_day_is_nobody_elses():
    counted("ann sample of sampleton", visitors=2, searches=50)
    counted("ann sample of sampleton", visitors=2, searches=50, days_ago=1)

    assert query_log.past_queries("ann", 5) == []
    assert not query_log.is_shown_to_others("ann sample of Sampleton")


def test_what_is_mostly_not_found_is_not_suggested():
    counted("samovar", visitors=4, misses=2)
    counted("saucepan", visitors=5, misses=2)

    assert query_log.past_queries("sa", 5) == ["saucepan"]


def test_what_is_shown_has_only_the_words(search):
    search('<b>Kettle</b> ☠ 15.6" http://x.example/?a=b', "ann", "bob", "cid")

    [(shown, *_counts)] = rows()
    assert shown == 'b kettle b 15.6" http x.example a b'
