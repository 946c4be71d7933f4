import pytest
from django.contrib.auth.models import Group
from django.core import management
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from cms import selectors, services
from media_pipeline.models import Video
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_migrations_leave_a_whole_site():
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page.specific == selectors.home_page()
    assert selectors.guide_index_page().url == "/guides/"
    assert selectors.guide_index_page().get_workflow().name == "Editors' approval"
    assert Video.get_default_workflow() == selectors.guide_index_page().get_workflow()


def test_nothing_of_wagtails_beginning_is_left():
    assert list(Group.objects.values_list("name", flat=True)) == ["Editors"]
    assert Workflow.objects.count() == 1
    assert [page.specific_class.__name__ for page in Page.objects.filter(depth=2)] == ["HomePage"]


def test_again_changes_nothing():
    before = (Page.objects.count(), GroupPagePermission.objects.count(), Site.objects.get())

    services.ensure_site()

    assert (Page.objects.count(), GroupPagePermission.objects.count(), Site.objects.get()) == before


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_its_site_back():
    management.call_command("flush", interactive=False, verbosity=0)

    assert selectors.guide_index_page().url == "/guides/"
    assert UserFactory(editor=True).has_perm("wagtailadmin.access_admin")


def test_editors_may_not_unlock_pages():
    permissions = selectors.home_page().permissions_for_user(UserFactory(editor=True))

    assert permissions.can_edit()
    assert not permissions.can_unlock()
