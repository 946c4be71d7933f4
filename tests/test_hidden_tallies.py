"""While a round is open nothing on the site tells how it stands.

Shoppers vote, and then every page is read again as every kind of person: each must be the very
same page as before, to the letter. What was not shown cannot be inferred either.
"""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.services import drain_outbox, note_changes
from selection.selectors import count_votes
from selection.services import cast_vote, close_round
from storefront.viewers import COOKIE
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.selection import EntryFactory
from tests.roles import ROLES
from tests.test_url_matrix import ROWS

pytestmark = pytest.mark.django_db

# What differs from one answer to the next whatever happened between them.
ONCE_ONLY = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<="CSRF_TOKEN": ")\w+'
    rb'|(?<="X-CSRFToken": ")\w+|(?<=name="window" value=")[\w-]+'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
)
EDITORS_PAGES = ("queue", "rounds", "round", "merchants", "merchant", "categories", "applications")


def pages(site):
    """Every page that can be read without sending anything, by whom: (role, address)."""
    readable = {
        (role, row.url(site))
        for row in ROWS
        if row.method == "GET"
        for role, answer in zip(ROLES, row.answers, strict=True)
        if answer == 200
    }
    for name in EDITORS_PAGES:
        number = {"round": site.round.pk, "merchant": site.merchant.pk}.get(name)
        url = reverse(f"moderation:{name}", args=[number] if number else [])
        readable |= {("editor", url), ("admin", url)}
    readable |= {("editor", reverse("wagtailadmin_home")), ("admin", reverse("wagtailadmin_home"))}
    telling = [
        reverse("storefront:search") + "?q=rice",
        reverse("storefront:suggest") + "?q=rice",
        *(entry.get_absolute_url() for entry in site.round.entries.all()),
    ]
    return sorted(readable | {(role, url) for role in ROLES for url in telling})


def read(site, pages):
    """The content of these pages, without what is never the same twice; search up to date."""
    products = site.round.entries.values_list("product_id", flat=True)
    note_changes(kind="product", object_ids=products)
    note_changes(kind="audition", object_ids=[site.round.pk])
    drain_outbox()
    return {(role, url): content(site, role, url) for role, url in pages}


def content(site, role, url):
    client = Client()
    client.cookies.update(site.cookies[role])
    client.cookies[COOKIE] = "x" * 22  # else each visit without an account has another order
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return ONCE_ONLY.sub(b"", body), headers, response.status_code


@pytest.fixture
def running_round(peopled_site):
    """A second entry of another merchant's in the open round, and twelve shoppers to vote."""
    rival = EntryFactory(round=peopled_site.round)
    MembershipFactory(merchant=rival.product.merchant)
    return peopled_site.round, rival, UserFactory.create_batch(12)


def test_no_page_changes_when_others_vote(peopled_site, running_round):
    round, rival, voters = running_round
    everything = pages(peopled_site)
    with time_machine.travel(timezone.now(), tick=False):
        read(peopled_site, everything)  # sizes of pictures are made when they are first shown
        before = read(peopled_site, everything)
        for voter in voters:
            cast_vote(entry=rival, shopper=voter, choice="yes", comment="I want this one.")
            cast_vote(entry=peopled_site.entry, shopper=voter, choice="no", comment="Too loud.")
        after = read(peopled_site, everything)

    assert sum(tally.yes + tally.no for tally in count_votes(round).values()) == 24
    assert [page for page in everything if before[page] != after[page]] == []


def test_the_close_shows_what_was_hidden(peopled_site, running_round):
    """That the test above can fail: pages do change once the result is out."""
    round, rival, voters = running_round
    telling = [
        ("anonymous", url)
        for url in (
            round.get_absolute_url(),
            rival.get_absolute_url(),
            reverse("storefront:home"),
            reverse("storefront:selected"),
        )
    ]
    for voter in voters:
        cast_vote(entry=rival, shopper=voter, choice="yes")
    with time_machine.travel(timezone.now(), tick=False):
        read(peopled_site, telling)
        before = read(peopled_site, telling)
        close_round(round=round)
        after = read(peopled_site, telling)

    assert [page for page in telling if before[page] == after[page]] == []
