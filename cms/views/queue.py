from typing import Any

from django.utils.translation import gettext_lazy as _

from cms import selectors
from cms.views.frame import ModerationPage


class QueueView(ModerationPage):
    """What waits for an editor, oldest first."""

    page_title = _("Moderation queue")
    template_name = "cms/admin/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            queue=selectors.moderation_queue(),
            held=selectors.held_videos(),
            counts=selectors.queue_counts(),
            **kwargs,
        )
