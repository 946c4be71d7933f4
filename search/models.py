from django.db import models


class OutboxEntry(models.Model):
    """A document that may have changed. Written in the transaction that changed it, so it stands
    or falls with it; removed once the engine has taken the document as it then is."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
