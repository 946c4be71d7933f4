"""What the editors' admin has beyond Wagtail's own."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets import Button
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import selectors
from cms.choices import SubjectKind
from cms.models import GuidePage, TakeDown
from cms.views.search_results import DONE
from media_pipeline.models import Video
from products.models import Product
from search.models import Curation, Synonyms


@hooks.register("register_admin_urls")
def register_moderation_urls() -> list[URLResolver]:
    return [path("moderation/", include("cms.urls"))]


@hooks.register("insert_global_admin_css")
def moderation_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/editors.css"))


class CountedMenuItem(MenuItem):
    """Says how much waits behind it."""

    def __init__(self, label: Any, url: str, counted: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.counted = counted

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        counts = selectors.queue_counts()
        waiting = sum(counts[name] for name in self.counted)
        label = f"{self.label} ({waiting})" if waiting else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


@hooks.register("register_admin_menu_item")
def moderation_menu() -> MenuItem:
    url = reverse("moderation:queue")
    return CountedMenuItem(
        _("Queue"),
        url,
        ("guides", "videos", "held"),
        name="moderation",
        icon_name="clipboard-list",
        order=50,
    )


def _listing_of(model: type[Product] | type[Video]) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))  # type: ignore[union-attr]


@hooks.register("construct_main_menu")
def leave_out_what_is_not_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Nothing serves documents here, and what Wagtail calls snippets stands in Marketplace."""
    menu_items[:] = [item for item in menu_items if item.name not in {"documents", "snippets"}]


@hooks.register("construct_homepage_summary_items")
def leave_out_documents(request: HttpRequest, items: list[Component]) -> None:
    items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]


@hooks.register("register_admin_menu_item")
def marketplace_menu() -> SubmenuMenuItem:
    items: list[MenuItem] = [
        CountedMenuItem(
            _("Applications"),
            reverse("moderation:applications"),
            ("applications",),
            name="applications",
            icon_name="user",
            order=10,
        ),
        MenuItem(_("Merchants"), reverse("moderation:merchants"), icon_name="group", order=20),
        MenuItem(_("Products"), _listing_of(Product), icon_name="tag", order=24),
        MenuItem(_("Videos"), _listing_of(Video), icon_name="media", order=26),
        MenuItem(_("Media at work"), reverse("moderation:media"), icon_name="cogs", order=28),
        MenuItem(_("Categories"), reverse("moderation:categories"), icon_name="list-ul", order=30),
        MenuItem(_("Auditions"), reverse("moderation:rounds"), icon_name="calendar-alt", order=40),
        MenuItem(_("Take-downs"), reverse("moderation:take_downs"), icon_name="warning", order=50),
    ]
    return SubmenuMenuItem(
        _("Marketplace"), Menu(items=items), name="marketplace", icon_name="group", order=60
    )


@hooks.register("register_admin_menu_item")
def search_menu() -> SubmenuMenuItem:
    pages = [
        ("search_log", _("What people search"), "search"),
        ("search_results", _("Results for a query"), "thumbtack"),
        ("synonyms_list", _("Synonyms"), "list-ul"),
        ("wanted_guides", _("Wanted guides"), "help"),
    ]
    items = [
        MenuItem(label, reverse(f"moderation:{name}"), name=name, icon_name=icon, order=order)
        for order, (name, label, icon) in enumerate(pages)
    ]
    return SubmenuMenuItem(
        _("Shop search"), Menu(items=items), name="shop-search", icon_name="search", order=70
    )


class SearchPageFinder:
    """Where Wagtail's report of what was done leads, for what stands in the Shop search menu."""

    def __init__(self, user: Any = None) -> None:
        self.user = user

    def get_edit_url(self, instance: Synonyms | Curation) -> str:
        if isinstance(instance, Synonyms):
            return reverse("moderation:synonyms", args=[instance.pk])
        return reverse("moderation:search_results") + "?" + urlencode({"q": instance.text})


register_admin_url_finder(Synonyms, SearchPageFinder)
register_admin_url_finder(Curation, SearchPageFinder)


@hooks.register("register_log_actions")
def search_log_actions(actions: LogActionRegistry) -> None:
    @actions.register_action("search.curate")
    class CurateFormatter(LogFormatter):
        label = _("Change results")

        def format_message(self, log_entry: Any) -> str:
            return str(DONE[log_entry.data["do"]] % {"title": log_entry.data["title"]})


class WaitingPanel(Component):
    """The first thing an editor sees: what waits."""

    name = "moderation_waiting"
    template_name = "cms/admin/waiting_panel.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        queue = selectors.moderation_queue()
        return {"counts": selectors.queue_counts(), "queue": queue[:5], "total": len(queue)}


@hooks.register("construct_homepage_panels")
def put_what_waits_first(request: HttpRequest, panels: list[Component]) -> None:
    others = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels[:] = [WaitingPanel(), *others]


@hooks.register("before_publish_page")
def refuse_to_publish_what_is_down(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Says it in words; `GuidePage.publish` refuses in any case."""
    if not isinstance(page, GuidePage) or not TakeDown.objects.in_force_for(page).exists():
        return None
    messages.error(request, _("This guide was taken down. Lift the take-down first."))
    return redirect("moderation:take_downs")


@hooks.register("register_page_header_buttons")
def guide_buttons(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if page.specific_class is not GuidePage:
        return
    yield Button(
        _("Review"),
        reverse("moderation:review", args=[SubjectKind.GUIDE, page.pk]),
        icon_name="clipboard-list",
        priority=60,
    )
    yield Button(
        _("Take down"),
        reverse("moderation:take_down", args=[SubjectKind.GUIDE, page.pk]),
        icon_name="warning",
        priority=70,
    )


@hooks.register("register_snippet_listing_buttons")
def take_down_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterable[Button]:
    kinds = {Product: SubjectKind.PRODUCT, Video: SubjectKind.VIDEO}
    kind = kinds.get(type(snippet))
    if kind is not None:
        yield Button(
            _("Take down"),
            reverse("moderation:take_down", args=[kind, snippet.pk]),
            icon_name="warning",
            priority=90,
        )


class LookOnlyPolicy(ModelPermissionPolicy):
    """Editors see and choose what merchants made; nobody, not even an administrator, edits it
    here: the services hold the rules, and these pages go past them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ProductViewSet(SnippetViewSet):
    model = Product
    icon = "tag"
    list_display = ["title", "brand", "merchant", "state"]
    list_filter = ["state", "merchant"]
    search_fields = ["title", "brand", "gtin", "feed_id"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "merchant",
        "category",
        "brand",
        "gtin",
        "description",
        "price",
        "state",
    ]
    list_per_page = 30


class VideoViewSet(SnippetViewSet):
    model = Video
    icon = "media"
    list_display = ["title", "merchant", "live", "created_at"]
    list_filter = ["live", "merchant"]
    search_fields = ["title", "description"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = ["title", "merchant", "description", "live", "taken_down_at"]
    list_per_page = 30


register_permission_policy(Product, LookOnlyPolicy(Product))
register_permission_policy(Video, LookOnlyPolicy(Video))
register_snippet(ProductViewSet)
register_snippet(VideoViewSet)
