from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A document that may have changed, for one engine to look at. Written in the transaction
    that changed it, so it stands or falls with it; removed once the engine has taken the
    document as it then is."""

    engine = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    can_wait = models.BooleanField(
        default=False,
        help_text="One of many of an import or the like: what a person did goes first.",
    )
    held_up = models.BooleanField(
        default=False, help_text="The engine was away when this was to be written."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["can_wait", "pk"]
        indexes = [
            models.Index(fields=["engine", "can_wait", "id"]),
            # Asked before every search, also while the notes of a whole import are there.
            models.Index(fields=["engine"], condition=Q(held_up=True), name="notes_held_up"),
        ]

    def __str__(self) -> str:
        return f"{self.engine}: {self.kind} {self.object_id}"


class Reading(models.Model):
    """A number drawn before documents are read from the database and written to an engine
    elsewhere. A higher number was read later, so that the engine can refuse what is older than
    what it has. Only the last row is kept; the numbers are what matters."""

    def __str__(self) -> str:
        return str(self.pk)


class Generation(models.Model):
    """One filling of the database's own index with one kind of document. While a new one is
    filled, the live one answers."""

    kind = models.CharField(max_length=20)
    live = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(live=True), name="one_live_generation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class IndexedDocument(models.Model):
    """A public document in the database's own index. The full text structures over its
    columns of terms (FTS5's table on SQLite, a tsvector on PostgreSQL) are made and kept right
    by the database itself; migration 0002 has them."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.TextField()
    url = models.TextField()
    reference = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    category_path = models.TextField(help_text="Slugs, each between slashes: /kitchen/kettles/")
    brand = models.TextField()
    merchant = models.TextField()
    merchant_slug = models.TextField()
    price = models.FloatField(null=True)
    currency = models.TextField()
    picture_url = models.TextField()
    has_video = models.BooleanField()
    selected = models.BooleanField()
    score = models.FloatField()
    published_at = models.DateTimeField(null=True)
    merchant_since = models.DateTimeField(null=True)
    attributes = models.JSONField()
    fingerprint = models.CharField(max_length=32, help_text="Of the document it was made from.")
    title_terms = models.TextField(help_text="With a space on both sides, to be looked into.")
    head_terms = models.TextField(help_text="What the thing is; spaces on both sides too.")
    keyword_terms = models.TextField()
    summary_terms = models.TextField()
    body_terms = models.TextField()
    title_words = models.TextField(help_text="Not stemmed, for completion.")
    is_accessory = models.BooleanField(help_text="It goes with another thing.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "object_id"], name="one_document_per_object"
            )
        ]

    def __str__(self) -> str:
        return self.title


class IndexedWord(models.Model):
    """A word of the titles in a generation, to set typing mistakes right with."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="words")
    text = models.CharField(max_length=40)
    weight = models.IntegerField(default=0, help_text="How often it was indexed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "text"], name="one_row_per_word")
        ]
        indexes = [models.Index(fields=["text"])]

    def __str__(self) -> str:
        return self.text


class Synonyms(models.Model):
    """Words that find each other. They are read when a query is, so that a change takes effect
    with the next search and nothing needs to be indexed anew."""

    words = models.TextField(
        _("words"),
        help_text=_("Words or short phrases that mean the same, with commas: tv, television."),
    )
    also_finds = models.TextField(
        _("also find"),
        blank=True,
        help_text=_(
            "Where the words only lead one way: a search for any of the words above also finds "
            "these, but not the other way round."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return f"{self.words} → {self.also_finds}" if self.also_finds else self.words


class Curation(models.Model):
    """What editors changed in the results of one query."""

    text = models.CharField(_("search"), max_length=200)
    key = models.CharField(
        max_length=200, unique=True, help_text="query_key(text): the words as search reads them."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class CuratedResult(models.Model):
    """One thing put first for a query, or last."""

    curation = models.ForeignKey(Curation, on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    buried = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=0, help_text="Among those put first.")

    class Meta:
        ordering = ["buried", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["curation", "kind", "object_id"], name="curated_once_a_query"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchCount(models.Model):
    """How often a query was searched on one day, by how many visitors, and whether it found
    anything. Nothing in it leads back to a visitor."""

    day = models.DateField()
    key = models.CharField(max_length=200, help_text="query_key(text).")
    text = models.CharField(max_length=200, help_text="As it was first typed that day, tidied.")
    words = models.CharField(
        max_length=200, help_text="Of the text, folded but not stemmed, for completion."
    )
    searches = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0, help_text="Each counted once that day.")
    misses = models.PositiveIntegerField(
        default=0, help_text="Searches that nothing answered exactly."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "key"], name="one_count_a_day_and_query")
        ]
        # What few people searched is most of the table, and nothing that shoppers see reads it.
        indexes = [models.Index(fields=["key"]), models.Index(fields=["visitors", "words"])]

    def __str__(self) -> str:
        return f"{self.text}: {self.searches}"
