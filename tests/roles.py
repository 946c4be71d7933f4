"""A small site with something of everything, and the six kinds of people who may ask for it."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from operator import attrgetter
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from media_pipeline.services import create_picture
from merchants.choices import Role
from products.choices import FeedFormat
from products.models import FeedImport, ProductPicture
from search.models import Synonyms
from selection.services import close_round
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import (
    UploadFactory,
    VideoFactory,
    caption_track,
    picture_bytes,
)
from tests.factories.merchants import (
    InvitationFactory,
    MembershipFactory,
    MerchantApplicationFactory,
    MerchantFactory,
)
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

ROLES = ("anonymous", "shopper", "member", "stranger", "editor", "admin")
"""`member` owns the merchant that everything belongs to; `stranger` owns another one."""

LOGIN = "login"
"""The answer that sends a person to a page to sign in."""
LOGIN_PAGES = re.compile(r"/(accounts|admin)/login/")


def build_site() -> SimpleNamespace:
    site = SimpleNamespace(
        merchant=MerchantFactory(slug="ours"), other=MerchantFactory(slug="theirs")
    )
    _add_people(site)
    _add_things(site)
    _add_auditions(site)
    site.cookies = {role: _signed_in(site, role) for role in (*ROLES, "contributor")}
    return site


def _add_people(site: SimpleNamespace) -> None:
    site.shopper, site.editor = UserFactory(), UserFactory(editor=True)
    site.admin = UserFactory(admin=True)
    site.membership = MembershipFactory(merchant=site.merchant)
    site.member = site.membership.user
    site.colleague = MembershipFactory(merchant=site.merchant, role=Role.CONTRIBUTOR)
    site.contributor = site.colleague.user
    site.stranger = MembershipFactory(merchant=site.other).user
    site.invitation = InvitationFactory(merchant=site.merchant, invited_by=site.member)
    site.application = MerchantApplicationFactory()


def _add_things(site: SimpleNamespace) -> None:
    file = ContentFile(picture_bytes(), name="picture.jpg")
    site.picture = create_picture(merchant=site.merchant, file=file, title="A picture")
    site.product = ProductFactory(listed=True, merchant=site.merchant)
    site.category = site.product.category
    ProductPicture.objects.create(product=site.product, picture=site.picture)
    site.draft_product = ProductFactory(merchant=site.merchant, category=site.category)
    site.video = VideoFactory(public=True, merchant=site.merchant)
    site.product.videos.add(site.video)
    site.draft_video = VideoFactory(merchant=site.merchant, captions=[caption_track()])
    words = {"merchant": site.merchant, "category": site.category, "author": site.member}
    site.guide = GuidePageFactory(live=True, **words)
    site.draft_guide = GuidePageFactory(**words)
    site.revision = site.draft_guide.latest_revision
    site.synonyms = Synonyms.objects.create(words="tv, television")
    site.upload = UploadFactory(merchant=site.merchant, user=site.member)
    site.feed_import = FeedImport.objects.create(
        merchant=site.merchant,
        started_by=site.member,
        file=ContentFile(b"id\ttitle\n", name="feed.tsv"),
        filename="feed.tsv",
        format=FeedFormat.GOOGLE_TSV,
    )


def _add_auditions(site: SimpleNamespace) -> None:
    site.round = RoundFactory(category=site.category)
    site.entry = EntryFactory(round=site.round, product=site.product, video=site.video)
    closed = RoundFactory(category=site.category)
    site.judged_entry = EntryFactory(
        round=closed, product__merchant=site.merchant, video=site.video
    )
    VoteFactory(entry=site.judged_entry)
    site.closed_round = close_round(round=closed)
    site.upcoming_round = RoundFactory(category=site.category, announced=True)


def arguments(site: SimpleNamespace, names: str) -> list[object]:
    """'merchant.slug product.pk' as what the site has there; a word in quotes is itself."""
    return [
        name.strip("'") if name.startswith("'") else attrgetter(name)(site)
        for name in names.split()
    ]


def ask(site: SimpleNamespace, role: str, method: str, url: str, **request: object) -> int | str:
    """The status with which the site answers this person, or LOGIN. Nothing stays changed."""
    client = Client(raise_request_exception=False)
    client.cookies.update(site.cookies[role])
    with transaction.atomic():
        response = getattr(client, method.lower())(url, **request)
        transaction.set_rollback(True)
    location = response.headers.get("Location", "")
    if response.status_code == 302 and LOGIN_PAGES.match(location):
        return LOGIN
    return response.status_code


def served_patterns() -> Iterator[tuple[str, str]]:
    """Name (with its namespaces) and route of every URL pattern there is; a pattern without a
    name goes by its route."""
    return _patterns_below(get_resolver(), namespaces=(), route="/")


def _patterns_below(
    resolver: URLResolver, namespaces: tuple[str, ...], route: str
) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _patterns_below(pattern, inner, whole)
        else:
            yield ":".join((*namespaces, pattern.name)) if pattern.name else whole, whole


def _signed_in(site: SimpleNamespace, role: str) -> SimpleCookie:
    client = Client()
    if role != "anonymous":
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(getattr(site, role), backend=backend)
    return client.cookies
