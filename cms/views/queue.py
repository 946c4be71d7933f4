from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.models import Revision

from cms import selectors, services
from cms.forms import DecisionForm
from cms.selectors import QueueItem
from cms.views.frame import EditorRequest, ModerationPage, complain
from core.errors import ActionRefusedError


class QueueView(ModerationPage):
    """What waits for an editor, oldest first."""

    page_title = gettext_lazy("Moderation queue")
    template_name = "cms/admin/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            queue=selectors.moderation_queue(),
            held=selectors.held_videos(),
            decision_form=DecisionForm(),
            counts=selectors.queue_counts(),
            **kwargs,
        )


@require_POST
def decide(request: EditorRequest) -> HttpResponse:
    """The same decision on several; what can't be decided so is said, and waits on."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:queue")
    chosen = set(form.cleaned_data["items"])
    items = [item for item in selectors.moderation_queue() if item.key in chosen]
    decided = sum(_decide(request, item, form) for item in items)
    if decided:
        sentence = ngettext("%d is decided.", "%d are decided.", decided)
        messages.success(request, sentence % decided)
    if gone := len(chosen) - len(items):
        sentence = ngettext(
            "%d was changed or decided meanwhile: look at the queue again.",
            "%d were changed or decided meanwhile: look at the queue again.",
            gone,
        )
        messages.warning(request, sentence % gone)
    return redirect("moderation:queue")


def _decide(request: EditorRequest, item: QueueItem, form: DecisionForm) -> bool:
    seen = Revision.objects.filter(pk=item.revision_id).first()
    words = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["decision"] == DecisionForm.APPROVE:
            services.approve(
                subject=item.subject, editor=request.user, comment=words, revision=seen
            )
        else:
            services.send_back(
                subject=item.subject, editor=request.user, reason=words, revision=seen
            )
    except ActionRefusedError as refusal:
        messages.error(
            request, _("“%(title)s”: %(why)s") % {"title": item.title, "why": str(refusal)}
        )
        return False
    return True
