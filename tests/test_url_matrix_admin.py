"""Every URL of the editors' admin, Wagtail's own and ours, asked for by every kind of person.

The rule is short: whoever is no editor is sent to sign in, whatever the address and the method.
For editors and administrators each address has its answer below; one that is missing fails.
"""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, Site, Task, Workflow

from tests.admin_answers import EXPECTED, OPEN_TO_ALL
from tests.roles import LOGIN, ask, served_patterns

pytestmark = pytest.mark.django_db

OUTSIDERS = ("anonymous", "shopper", "member", "stranger")

PATTERNS = [(name, route) for name, route in served_patterns() if route.startswith("/admin/")]
GUARDED = [(name, route) for name, route in PATTERNS if name not in OPEN_TO_ALL]


def test_every_admin_url_has_an_answer_and_every_answer_a_url():
    served = {name for name, _route in PATTERNS}

    assert sorted(served) == sorted({*EXPECTED, *OPEN_TO_ALL})


@pytest.mark.parametrize("name", sorted(OPEN_TO_ALL))
def test_what_is_open_answers_everyone_alike(name, peopled_site):
    [route] = [route for served, route in PATTERNS if served == name]
    url = address(name, route, peopled_site)

    for role in OUTSIDERS:
        assert ask(peopled_site, role, "GET", url) == OPEN_TO_ALL[name], role


@pytest.mark.parametrize(("name", "route"), GUARDED, ids=str)
def test_only_editors_come_in(name, route, peopled_site):
    url = address(name, route, peopled_site)

    for role in OUTSIDERS:
        for method in ("GET", "POST"):
            assert ask(peopled_site, role, method, url) == LOGIN, (role, method)


@pytest.mark.parametrize(("name", "route"), GUARDED, ids=str)
def test_editors_and_administrators_get_the_answer_that_is_theirs(name, route, peopled_site):
    url = address(name, route, peopled_site)

    answers = tuple(ask(peopled_site, role, "GET", url) for role in ("editor", "admin"))

    assert answers == EXPECTED[name]


ADMINISTRATORS_OWN = ("wagtailusers", "wagtailsites", "wagtailadmin_collections")


def test_no_answer_lets_an_editor_do_what_is_an_administrators():
    for name, (editor, _admin) in EXPECTED.items():
        if name.startswith(ADMINISTRATORS_OWN):
            assert editor in {302, 404, 405}, name


def address(name: str, route: str, site: SimpleNamespace) -> str:
    """The pattern's address, for things that are there."""
    known = _things(name, site)

    def fill(match: re.Match[str]) -> str:
        return str(known.get(match[1] or match[2], 1))

    filled = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", fill, route)
    return re.sub(r"\.\*|[\\^$]", lambda sign: "nowhere" if sign[0] == ".*" else "", filled)


def _things(name: str, site: SimpleNamespace) -> dict[str, object]:
    """What the names in addresses stand for; whatever is not here is 1."""
    index, task = site.guide.get_parent().pk, Task.objects.get().pk
    return {
        "pk": next((pk for start, pk in _numbers(site).items() if name.startswith(start)), 1),
        "page_id": site.guide.pk,
        "page_to_move_id": site.guide.pk,
        "parent_page_id": index,
        "destination_id": index,
        "page_pk": index,
        "revision_id": site.guide.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "image_id": site.picture.pk,
        "entry_pk": site.entry.pk,
        "task_id": task,
        "workflow_pk": Workflow.objects.get().pk,
        "app_label": "cms",
        "app_name": "cms",
        "content_type_app_name": "cms",
        "model_name": "guidepage",
        "content_type_model_name": "guidepage",
        "kind": "guide",
        "action": "publish",
        "action_name": "approve",
        "filter_spec": "max-100x100",
        "object_id": site.guide.pk,
    }


def _numbers(site: SimpleNamespace) -> dict[str, int]:
    """What `pk` stands for in patterns whose names start like this; the first that fits."""
    task, workflow = Task.objects.get().pk, Workflow.objects.get().pk
    return {
        "wagtailadmin_api:pages": site.guide.pk,
        "wagtailadmin_api:images": site.picture.pk,
        "wagtailimages": site.picture.pk,
        "wagtailadmin_pages": site.guide.pk,
        "wagtailadmin_collections": Collection.objects.first().pk,
        "wagtailadmin_workflows:edit_task": task,
        "wagtailadmin_workflows:disable_task": task,
        "wagtailadmin_workflows:enable_task": task,
        "wagtailadmin_workflows": workflow,
        "wagtailsnippets_products_product": site.product.pk,
        "wagtailsnippetchoosers_products_product": site.product.pk,
        "wagtailsnippets_media_pipeline_video": site.video.pk,
        "wagtailsnippetchoosers_media_pipeline_video": site.video.pk,
        "wagtailsites": Site.objects.get().pk,
        "wagtailusers_users": site.shopper.pk,
        "wagtailusers_groups": Group.objects.get(name="Editors").pk,
        "moderation:application": site.application.pk,
        "moderation:approve_application": site.application.pk,
        "moderation:decline_application": site.application.pk,
        "moderation:merchant": site.merchant.pk,
        "moderation:suspend": site.merchant.pk,
        "moderation:reinstate": site.merchant.pk,
        "moderation:category": site.category.pk,
        "moderation:synonyms": site.synonyms.pk,
        "moderation:round": site.round.pk,
        "moderation:set_aside": site.round.pk,
        "moderation": site.guide.pk,
    }
