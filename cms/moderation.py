"""What an approval does. Wagtail imports this while its models load, so it imports none itself."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from accounts.models import User


def publish_when_ready(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish the version that was approved, unless the pipeline is still at work on it: a video
    that can't be played yet is published by `cms.receivers` when its source is ready."""
    if getattr(workflow_state.content_object, "can_be_published", True):
        # Whoever may decide was asked before the decision.
        workflow_state.current_task_state.revision.publish(user=user, skip_permission_checks=True)
