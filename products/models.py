import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from products.choices import AttributeKind, FeedFormat, ImportState, ProductState


class Category(MP_Node):
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    service_promise = models.TextField(
        _("service promise"), blank=True, help_text=_("What every shopper can count on here.")
    )

    node_order_by = ["name"]

    class Meta:
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("storefront:category", args=[self.slug])


class Attribute(models.Model):
    """A property that products of a category have; categories below inherit it."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="attributes")
    key = models.SlugField(_("key"), max_length=60, help_text=_("As written in feeds."))
    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(
        max_length=10, choices=AttributeKind.choices, default=AttributeKind.TEXT
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "key"], name="one_attribute_key_each")
        ]

    def __str__(self) -> str:
        return self.label


class ProductQuerySet(models.QuerySet["Product"]):
    def public(self) -> "ProductQuerySet":
        """What anyone may see: listed, by a merchant that is not suspended."""
        return self.filter(state=ProductState.LISTED, merchant__state="active")


class Product(models.Model):
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.CASCADE, related_name="products"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    feed_id = models.CharField(
        _("your product number"),
        max_length=100,
        help_text=_("The id in your feed; importing the same id again updates this product."),
    )
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(max_length=120)
    brand = models.CharField(_("brand"), max_length=100, blank=True)
    gtin = models.CharField(
        _("GTIN"), max_length=14, blank=True, help_text=_("The number under the barcode.")
    )
    mpn = models.CharField(_("manufacturer's part number"), max_length=255, blank=True)
    description = models.TextField(_("description"), blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    released = models.DateField(_("released"), null=True, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    feed_facts = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What its feed says that isn't shown: picture addresses, availability."),
    )
    state = models.CharField(
        max_length=12, choices=ProductState.choices, default=ProductState.DRAFT
    )
    state_before_take_down = models.CharField(
        max_length=12, choices=ProductState.choices, blank=True, editable=False
    )
    videos = models.ManyToManyField("media_pipeline.Video", blank=True, related_name="products")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "feed_id"], name="one_product_per_feed_id")
        ]
        indexes = [models.Index(fields=["category", "state", "-created_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("storefront:product", args=[self.pk, self.slug])


class ProductPicture(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        "media_pipeline.Picture", on_delete=models.CASCADE, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.product} · {self.position}"


class FeedImport(models.Model):
    """One run of a feed. Its rows are the truth: `line` says how far it is, so that a run whose
    worker died is taken up again where it stood."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merchant = models.ForeignKey(
        "merchants.Merchant", on_delete=models.CASCADE, related_name="imports"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.FileField(upload_to="feeds/")
    filename = models.CharField(max_length=255)
    format = models.CharField(max_length=12, choices=FeedFormat.choices)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.WAITING
    )
    size = models.BigIntegerField(default=0, help_text=_("Bytes in the file."))
    offset = models.BigIntegerField(default=0, help_text=_("Bytes read so far."))
    line = models.PositiveIntegerField(default=0, help_text=_("Records read so far."))
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    bad_count = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text=_("Times it was taken up since it last got on.")
    )
    lease_token = models.UUIDField(null=True, editable=False)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename

    @property
    def fraction(self) -> float:
        """How far it is, 0 to 1."""
        if self.state == ImportState.FINISHED:
            return 1.0
        return min(self.offset / self.size, 1.0) if self.size else 0.0


class FeedProblem(models.Model):
    """A line of a feed that could not go in, and why."""

    feed_import = models.ForeignKey(FeedImport, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField()
    message = models.TextField()

    class Meta:
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"
