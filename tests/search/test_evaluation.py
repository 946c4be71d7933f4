import json
from math import log2

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import Scores, scores
from search.services import note_changes


def test_the_best_order_is_one():
    assert scores(["a", "b", "c"], {"a": 3, "b": 2, "c": 0}) == Scores(1.0, 1.0)


def test_an_unjudged_result_counts_as_nothing_or_not_at_all():
    found = scores(["x", "a"], {"a": 3})

    assert found.all_results == pytest.approx(1 / log2(3))
    assert found.judged_only == 1.0


def test_only_ten_results_count():
    assert scores([*"abcdefghij", "right"], {"right": 3}) == Scores(0.0, 1.0)


def test_gain_is_two_to_the_rating():
    found = scores(["b", "a"], {"a": 3, "b": 1})

    assert found.all_results == pytest.approx((1 + 7 / log2(3)) / (7 + 1 / log2(3)))


@pytest.mark.django_db
def test_the_command_measures_and_writes(
    products, database_only, tmp_path, capsys, django_capture_on_commit_callbacks
):
    kettle = products.put(title="Kettle", reference="k1")
    bag = products.put(title="Kettle bag", reference="k2")
    with django_capture_on_commit_callbacks(execute=True):
        note_changes(kind="product", object_ids=[kettle.object_id, bag.object_id])
    judgments, out = tmp_path / "judgments.csv", tmp_path / "out.json"
    judgments.write_text(
        "query,product_id,rating\nkettle,k1,3\nkettle,k2,0\nkettle,gone,3\nzzz,k1,1\nbag,k2,0\n"
    )

    call_command("evaluate_search", judgments=judgments, json=out)

    report = json.loads(out.read_text())
    ideal = 7 + 7 / log2(3)
    assert report["queries"]["kettle"]["ndcg@10"] == pytest.approx(7 / ideal, abs=1e-4)
    assert report["ndcg@10"] == pytest.approx(7 / ideal / 2)
    assert report["no_result"] == ["zzz"]
    assert report["nothing_relevant"] == ["bag"]
    assert "nDCG@10 0.307" in capsys.readouterr().out


@pytest.mark.parametrize("lines", ["query,product_id\nkettle,k1\n", "a,b,c\n1,2,3\n", ""])
@pytest.mark.django_db
def test_the_command_says_what_is_wrong_with_the_file(lines, tmp_path, database_only, products):
    judgments = tmp_path / "judgments.csv"
    judgments.write_text(lines)

    with pytest.raises(CommandError):
        call_command("evaluate_search", judgments=judgments)
