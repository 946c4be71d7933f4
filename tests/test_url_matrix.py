"""Every URL that the site itself serves, asked for by every kind of person.

One row for each URL pattern, several where it has more to say. A pattern that has no row fails,
and so does a row that has no pattern. Wagtail's admin is in test_url_matrix_admin.py.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse

from tests.roles import LOGIN, ROLES, arguments, ask, served_patterns

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    name: str
    names: str
    """Of what stands in the address: attributes of the site, or words in quotes."""
    method: str
    answers: tuple[int | str, ...]
    """One for each role, in the order of ROLES."""
    request: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.names}".strip()

    def url(self, site: Any) -> str:
        return reverse(self.name, args=arguments(site, self.names)) + self.query


def everyone(status: int | str) -> tuple[int | str, ...]:
    return (status,) * len(ROLES)


def signed_in(status: int) -> tuple[int | str, ...]:
    return (LOGIN, *(status,) * (len(ROLES) - 1))


def members(status: int) -> tuple[int | str, ...]:
    """For the merchant's own people; for anyone else, editors among them, it isn't there."""
    return (LOGIN, 404, status, 404, 404, 404)


def guests(status: int) -> tuple[int | str, ...]:
    """For who isn't signed in; everyone else is sent on."""
    return (status, *(302,) * (len(ROLES) - 1))


# 422: the form came back, for the row sends none of what it asks. 405: only for POST.
TUS = {"headers": {"Tus-Resumable": "1.0.0", "Upload-Length": "1000"}}
ROWS = [
    Row("account_login", "", "GET", guests(200)),
    Row("account_logout", "", "GET", (302, 200, 200, 200, 200, 200)),
    Row("account_logout", "", "POST", everyone(302)),
    Row("account_inactive", "", "GET", everyone(200)),
    Row("account_signup", "", "GET", guests(200)),
    Row("account_reauthenticate", "", "GET", signed_in(200)),
    Row("account_email", "", "GET", signed_in(200)),
    Row("account_email_verification_sent", "", "GET", everyone(200)),
    Row("account_change_password", "", "GET", signed_in(200)),
    Row("account_set_password", "", "GET", signed_in(302)),
    Row("account_reset_password", "", "GET", everyone(200)),
    Row("account_confirm_login_code", "", "GET", signed_in(302)),
    Row("account_confirm_email", "'x'", "GET", everyone(200)),
    Row("account_reset_password_from_key_done", "", "GET", everyone(200)),
    Row("account_reset_password_from_key", "'1' 'x'", "GET", everyone(200)),
    Row("account_reset_password_done", "", "GET", everyone(200)),
    Row("accounts:notifications", "", "GET", signed_in(200)),
    Row("accounts:notifications", "", "POST", signed_in(302)),
    Row("accounts:profile", "", "GET", signed_in(200)),
    Row("accounts:profile", "", "POST", signed_in(200)),
    Row("workbench:home", "", "GET", signed_in(302)),
    Row("workbench:apply", "", "GET", signed_in(200)),
    Row("workbench:application", "", "GET", signed_in(302)),
    Row("workbench:dashboard", "merchant.slug", "GET", members(200)),
    Row("workbench:products", "merchant.slug", "GET", members(200)),
    Row("workbench:product_new", "merchant.slug", "GET", members(200)),
    Row("workbench:product_new", "merchant.slug", "POST", members(422)),
    Row("workbench:product_attributes", "merchant.slug", "GET", members(200)),
    Row("workbench:product", "merchant.slug product.pk", "GET", members(200)),
    Row("workbench:product", "merchant.slug product.pk", "POST", members(422)),
    Row("workbench:product_list", "merchant.slug draft_product.pk", "POST", members(302)),
    Row("workbench:product_withdraw", "merchant.slug product.pk", "POST", members(302)),
    Row("workbench:imports", "merchant.slug", "GET", members(200)),
    Row("workbench:imports", "merchant.slug", "POST", members(422)),
    Row("workbench:import", "merchant.slug feed_import.uuid", "GET", members(200)),
    Row("workbench:import_progress", "merchant.slug feed_import.uuid", "GET", members(200)),
    Row("workbench:guides", "merchant.slug", "GET", members(200)),
    Row("workbench:guide_new", "merchant.slug", "GET", members(200)),
    Row("workbench:guide", "merchant.slug draft_guide.pk", "GET", members(200)),
    Row("workbench:guide", "merchant.slug draft_guide.pk", "POST", members(409)),
    Row("workbench:guide_save", "merchant.slug draft_guide.pk", "POST", members(409)),
    Row("workbench:guide_preview", "merchant.slug draft_guide.pk", "GET", members(200)),
    Row("workbench:guide_preview_page", "merchant.slug draft_guide.pk", "GET", members(200)),
    Row("workbench:guide_versions", "merchant.slug draft_guide.pk", "GET", members(200)),
    Row("workbench:guide_version", "merchant.slug draft_guide.pk revision.pk", "GET", members(200)),
    Row(
        "workbench:guide_version_page",
        "merchant.slug draft_guide.pk revision.pk",
        "GET",
        members(200),
    ),
    Row(
        "workbench:guide_restore", "merchant.slug draft_guide.pk revision.pk", "POST", members(302)
    ),
    Row("workbench:guide_schedule", "merchant.slug draft_guide.pk", "POST", members(302)),
    Row("workbench:guide_withdraw", "merchant.slug draft_guide.pk", "POST", members(302)),
    Row("workbench:guide_delete", "merchant.slug draft_guide.pk", "POST", members(302)),
    Row("workbench:videos", "merchant.slug", "GET", members(200)),
    Row("workbench:video_upload", "merchant.slug", "GET", members(200)),
    Row("workbench:video_upload", "merchant.slug", "POST", members(422)),
    Row("workbench:video", "merchant.slug draft_video.uuid", "GET", members(200)),
    Row("workbench:video", "merchant.slug draft_video.uuid", "POST", members(422)),
    Row("workbench:video_progress", "merchant.slug draft_video.uuid", "GET", members(200)),
    Row("workbench:video_submit", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_withdraw", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_retry", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_cancel", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_poster", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_delete", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row("workbench:video_captions", "merchant.slug draft_video.uuid", "GET", members(200)),
    Row("workbench:video_captions", "merchant.slug draft_video.uuid", "POST", members(422)),
    Row("workbench:video_chapters", "merchant.slug draft_video.uuid", "POST", members(302)),
    Row(
        "workbench:video_captions_edit", "merchant.slug draft_video.uuid 'en'", "GET", members(200)
    ),
    Row(
        "workbench:video_captions_edit", "merchant.slug draft_video.uuid 'en'", "POST", members(302)
    ),
    Row(
        "workbench:video_captions_file",
        "merchant.slug draft_video.uuid 'en' 'vtt'",
        "GET",
        members(200),
    ),
    *(
        Row(f"workbench:{name}", "merchant.slug draft_video.uuid 'en'", "POST", members(302))
        for name in (
            "video_captions_replace",
            "video_captions_remove",
            "video_captions_confirm",
            "video_captions_use",
        )
    ),
    Row("workbench:pictures", "merchant.slug", "GET", members(200)),
    Row("workbench:pictures", "merchant.slug", "POST", members(422)),
    Row("workbench:picture_thumb", "merchant.slug picture.pk", "GET", members(302)),
    Row("workbench:choose", "merchant.slug 'picture'", "GET", members(200)),
    Row("workbench:choose", "merchant.slug 'nothing'", "GET", signed_in(404)),
    Row("workbench:auditions", "merchant.slug", "GET", members(200)),
    Row("workbench:enter", "merchant.slug round.slug", "GET", members(200)),
    Row("workbench:enter", "merchant.slug round.slug", "POST", members(422)),
    Row("workbench:enter", "merchant.slug closed_round.slug", "GET", signed_in(404)),
    Row("workbench:entry", "merchant.slug entry.pk", "GET", members(200)),
    Row("workbench:entry", "merchant.slug judged_entry.pk", "GET", members(200)),
    Row("workbench:entry_withdraw", "merchant.slug entry.pk", "POST", members(302)),
    Row("workbench:members", "merchant.slug", "GET", members(200)),
    Row("workbench:members", "merchant.slug", "POST", members(422)),
    Row("workbench:member_role", "merchant.slug colleague.pk", "POST", members(302)),
    Row("workbench:member_remove", "merchant.slug colleague.pk", "POST", members(302)),
    Row("workbench:invitation_withdraw", "merchant.slug invitation.pk", "POST", members(302)),
    Row("workbench:settings", "merchant.slug", "GET", members(200)),
    Row("workbench:settings", "merchant.slug", "POST", members(422)),
    Row("media_pipeline:upload_create", "", "POST", (403, *everyone(404)[1:]), TUS),
    Row(
        "media_pipeline:upload_create",
        "",
        "POST",
        (403, 404, 201, 404, 404, 404),
        TUS,
        query="?merchant=ours",
    ),
    Row("media_pipeline:upload_create", "", "OPTIONS", everyone(204)),
    Row("media_pipeline:upload", "upload.uuid", "HEAD", (403, 404, 200, 404, 404, 404), TUS),
    Row("media_pipeline:upload", "upload.uuid", "PATCH", (403, 404, 415, 404, 404, 404), TUS),
    Row("media_pipeline:upload", "upload.uuid", "DELETE", (403, 404, 204, 404, 404, 404), TUS),
    Row("media_pipeline:video_file", "video.uuid 'master.m3u8'", "GET", everyone(200)),
    Row(
        "media_pipeline:video_file",
        "draft_video.uuid 'master.m3u8'",
        "GET",
        (404, 404, 200, 404, 200, 200),
    ),
    Row(
        "media_pipeline:video_file",
        "draft_video.uuid '360p.mp4'",
        "GET",
        (404, 404, 200, 404, 200, 200),
    ),
    Row("media_pipeline:video_file", "video.uuid 'first.m3u8'", "GET", everyone(200)),
    Row(
        "media_pipeline:video_file",
        "draft_video.uuid 'manifest.mpd'",
        "GET",
        (404, 404, 200, 404, 200, 200),
    ),
    Row("media_pipeline:file", "picture.file.name", "GET", everyone(200)),
    Row(
        "media_pipeline:file",
        "draft_video.source.poster.file.name",
        "GET",
        (404, 404, 200, 404, 200, 200),
    ),
    Row("media_pipeline:file", "feed_import.file.name", "GET", everyone(404)),
    Row("storefront:home", "", "GET", everyone(200)),
    Row("storefront:category", "category.slug", "GET", everyone(200)),
    Row("storefront:product", "product.pk product.slug", "GET", everyone(200)),
    Row("storefront:product", "product.pk 'another-name'", "GET", everyone(301)),
    Row("storefront:product", "draft_product.pk draft_product.slug", "GET", everyone(404)),
    Row("storefront:merchant", "merchant.slug", "GET", everyone(200)),
    Row("storefront:watch", "video.uuid", "GET", everyone(200)),
    Row("storefront:watch", "draft_video.uuid", "GET", everyone(404)),
    Row("storefront:search", "", "GET", everyone(200)),
    Row("storefront:suggest", "", "GET", everyone(200)),
    Row("storefront:why", "", "GET", everyone(400)),
    Row("storefront:why", "", "GET", everyone(404), query="?q=rice&of=product-0"),
    Row("storefront:how", "", "GET", everyone(200)),
    Row("storefront:selected", "", "GET", everyone(200)),
    Row("storefront:auditions", "", "GET", everyone(200)),
    Row("storefront:audition", "round.slug", "GET", everyone(200)),
    Row("storefront:audition", "upcoming_round.slug", "GET", everyone(200)),
    Row("storefront:audition", "closed_round.slug", "GET", everyone(200)),
    Row("storefront:entry", "round.slug entry.pk", "GET", everyone(200)),
    Row("storefront:entry", "closed_round.slug entry.pk", "GET", everyone(404)),
    Row("storefront:entry", "closed_round.slug judged_entry.pk", "GET", everyone(200)),
    Row("storefront:vote", "round.slug entry.pk", "GET", everyone(405)),
    Row(
        "storefront:vote",
        "round.slug entry.pk",
        "POST",
        (LOGIN, 302, 422, 302, 302, 302),
        {"data": {"choice": "yes"}},
    ),
    Row("storefront:my", "", "GET", signed_in(200)),
    Row("storefront:robots", "", "GET", everyone(200)),
    Row("storefront:healthz", "", "GET", everyone(200)),
    Row("storefront:sitemap", "", "GET", everyone(200)),
    Row("storefront:sitemap_section", "'products'", "GET", everyone(200)),
    Row("storefront:sitemap_section", "'secrets'", "GET", everyone(404)),
    Row("wagtailcore_authenticate_with_password", "'1' '1'", "GET", everyone(404)),
    Row("wagtailcore_authenticate_with_password", "'1' '1'", "POST", everyone(404)),
    Row("wagtailcore_login", "", "GET", everyone(LOGIN)),
    Row("page_sign_in", "", "GET", everyone(LOGIN)),
    Row("wagtail_serve", "'guides/'", "GET", everyone(200)),
    Row("wagtail_serve", "'nowhere/'", "GET", everyone(404)),
]


SITE_ROWS = {row.name for row in ROWS}


def test_every_url_has_a_row_and_every_row_a_url():
    served = [name for name, route in served_patterns() if not route.startswith("/admin/")]

    assert sorted(SITE_ROWS) == sorted(set(served))
    assert len(served) == len(set(served)), "two patterns share a name"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everyone_gets_the_answer_that_is_theirs(row, peopled_site):
    url = row.url(peopled_site)

    answers = {role: ask(peopled_site, role, row.method, url, **row.request) for role in ROLES}

    assert answers == dict(zip(ROLES, row.answers, strict=True))


REFUSALS = {LOGIN, 403, 404}


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.method == "GET" and REFUSALS & set(row.answers)], ids=str
)
def test_who_may_not_look_may_not_act(row, peopled_site):
    url = row.url(peopled_site)

    for role, answer in zip(ROLES, row.answers, strict=True):
        if answer in REFUSALS:
            assert ask(peopled_site, role, "POST", url) in {answer, 405}, role


OWN_THINGS = [
    row for row in ROWS if row.names.startswith("merchant.slug ") and "'" not in row.names
]
PUBLIC_THINGS = {"workbench:enter"}  # a round is everyone's


@pytest.mark.parametrize(
    "row", [row for row in OWN_THINGS if row.name not in PUBLIC_THINGS], ids=str
)
def test_a_merchants_things_are_not_found_in_anothers_workbench(row, peopled_site):
    """Somebody signs in to their own workbench and tries another merchant's numbers there."""
    theirs = reverse(
        row.name,
        args=[peopled_site.other.slug, *arguments(peopled_site, row.names)[1:]],
    )

    assert ask(peopled_site, "stranger", row.method, theirs) == 404


OWNERS_ONLY = {"workbench:member_role", "workbench:invitation_withdraw", "workbench:settings"}


@pytest.mark.parametrize("row", [row for row in ROWS if row.name in OWNERS_ONLY], ids=str)
def test_what_only_owners_do_is_refused_to_contributors(row, peopled_site):
    assert ask(peopled_site, "contributor", row.method, row.url(peopled_site)) == 403
