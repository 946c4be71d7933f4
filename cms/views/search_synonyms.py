"""Words that find each other."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.forms import SynonymsForm
from cms.views.frame import EditorRequest, ModerationPage, carry_out, typed
from search.editing import remove_synonyms, save_synonyms
from search.errors import SynonymsRefusedError
from search.models import Synonyms
from search.query import SearchQuery
from search.selectors import synonyms_that_share_words
from search.services import search

SAMPLE = 8
"""Results of the query that an editor tries."""


class SynonymsListView(ModerationPage):
    page_title = gettext_lazy("Synonyms")
    header_icon = "list-ul"
    template_name = "cms/admin/search_synonyms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = typed(self.request, "q")
        rows = Synonyms.objects.all()
        if words:
            rows = rows.filter(words__icontains=words) | rows.filter(also_finds__icontains=words)
        page = Paginator(rows, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, words=words, **kwargs)


class SynonymsView(ModerationPage):
    """New synonyms, or some that are there with what a query finds by them."""

    header_icon = "list-ul"
    template_name = "cms/admin/search_synonyms_edit.html"
    above = (("moderation:synonyms_list", gettext_lazy("Synonyms")),)

    def get_page_title(self) -> str:
        return str(self.synonyms) if self.synonyms else _("New synonyms")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.pop("pk", None)
        self.synonyms = get_object_or_404(Synonyms, pk=pk) if pk else None
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.synonyms:
            kwargs |= self._tried(self.synonyms)
            kwargs["changes"] = ModelLogEntry.objects.for_instance(self.synonyms)[:10]
        suggested = {"words": typed(self.request, "words")}
        form = SynonymsForm(instance=self.synonyms, initial={} if self.synonyms else suggested)
        return super().get_context_data(**{"form": form, "synonyms": self.synonyms, **kwargs})

    def post(self, request: EditorRequest) -> HttpResponse:
        # The form writes to what it is given; the page's own stays as it is.
        instance = Synonyms.objects.get(pk=self.synonyms.pk) if self.synonyms else None
        form = SynonymsForm(request.POST, instance=instance)
        if form.is_valid():
            try:
                saved = save_synonyms(synonyms=self.synonyms, **form.cleaned_data)
            except SynonymsRefusedError as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                log(saved, "wagtail.edit" if self.synonyms else "wagtail.create")
                messages.success(request, _("Saved. The next search finds by it."))
                return redirect("moderation:synonyms", saved.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _tried(self, synonyms: Synonyms) -> dict[str, Any]:
        phrases = [phrase.strip() for phrase in synonyms.words.split(",")]
        query = typed(self.request, "q") or phrases[0]
        results = search(SearchQuery(text=query, per_page=SAMPLE))
        others = synonyms_that_share_words(synonyms)
        return {"phrases": phrases, "query": query, "results": results, "others": others}


@require_POST
def remove(request: EditorRequest, pk: int) -> HttpResponse:
    synonyms = get_object_or_404(Synonyms, pk=pk)
    log(synonyms, "wagtail.delete", deleted=True)
    carry_out(
        request,
        lambda: remove_synonyms(synonyms=synonyms),
        _("“%(words)s” find each other no more.") % {"words": synonyms.words},
    )
    return redirect("moderation:synonyms_list")
