"""The site's fixed parts: the page tree's trunk, the editors' group and their workflow."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import GuideIndexPage, HomePage
from media_pipeline.models import Video

EDITORS = "Editors"
APPROVAL = "Editors' approval"
GUIDES_SLUG = "guides"

# What editors may do to pages. Unlocking is not among it: a take-down locks a guide, and is
# lifted in Moderation, not by undoing the lock.
_PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page")
_COLLECTION_RIGHTS = ("add_picture", "change_picture", "choose_picture")
_MODEL_RIGHTS = (
    Q(content_type__app_label="wagtailadmin", codename="access_admin")
    | Q(content_type__app_label="products", codename="view_product")
    | Q(content_type__app_label="media_pipeline", codename="view_video")
    # So that Wagtail's report of what was done has what they do about search.
    | Q(content_type__app_label="search", codename__in=["view_synonyms", "view_curation"])
)


@transaction.atomic
def ensure_site() -> None:
    """Make whatever of the site's fixed parts is missing, and leave alone what is there.

    Runs after every migration, and after a test has emptied the database.
    """
    home = _ensure_home_page()
    _ensure_site_row(home)
    index = _ensure_guide_index_page(home)
    editors = _ensure_editors(home)
    _ensure_workflow(editors, index)


def _ensure_home_page() -> HomePage:
    home = HomePage.objects.first()
    if home is not None:
        return home
    Locale.objects.get_or_create(
        language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE)
    )
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.add_child(
        instance=HomePage(title=settings.SITE_NAME, slug="start", show_in_menus=False)
    )
    _remove_what_wagtail_begins_with(home)
    return home


def _remove_what_wagtail_begins_with(home: HomePage) -> None:
    """Its welcome page, its moderators and their workflow: here editors moderate."""
    Site.objects.update(root_page=home)
    for page in Page.objects.filter(depth=2).exclude(pk=home.pk):
        if page.specific_class is Page:
            page.delete()
    Workflow.objects.exclude(name=APPROVAL).delete()
    GroupApprovalTask.objects.exclude(name=APPROVAL).delete()
    Group.objects.filter(name="Moderators", user=None).delete()
    GroupPagePermission.objects.filter(group__name=EDITORS).delete()


def _ensure_site_row(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": port,
            "site_name": settings.SITE_NAME,
            "root_page": home,
        },
    )


def _ensure_guide_index_page(home: HomePage) -> GuideIndexPage:
    index = GuideIndexPage.objects.first()
    if index is not None:
        return index
    # The tree's counts are fields on the parent: what we hold may be out of date.
    home = HomePage.objects.get(pk=home.pk)
    return home.add_child(
        instance=GuideIndexPage(title=_("Guides"), slug=GUIDES_SLUG, show_in_menus=True)
    )


def _ensure_editors(home: HomePage) -> Group:
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(*Permission.objects.filter(_MODEL_RIGHTS))
    for codename in _PAGE_RIGHTS:
        permission = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(Page), codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    root_collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for permission in Permission.objects.filter(
        content_type__app_label="media_pipeline", codename__in=_COLLECTION_RIGHTS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=root_collection, permission=permission
        )
    return editors


def _ensure_workflow(editors: Group, index: GuideIndexPage) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=APPROVAL)
    task, _created = GroupApprovalTask.objects.get_or_create(name=APPROVAL)
    task.groups.add(editors)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=index, defaults={"workflow": workflow})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Video), defaults={"workflow": workflow}
    )
