import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from media_pipeline.models import Picture, Video
from merchants.models import Merchant
from products import values
from products.attributes import check_attributes
from products.choices import ProductState
from products.errors import InvalidProductError, ProductActionRefusedError
from products.models import Category, Product, ProductPicture
from products.rules import may_be_listed, may_be_withdrawn
from products.selectors import attributes_of
from products.signals import product_changed


class ProductFields(TypedDict, total=False):
    """What can be said of a product; in an update, what isn't given stays as it is."""

    category: Category
    title: str
    feed_id: str
    brand: str
    gtin: str
    mpn: str
    description: str
    price: Decimal | None
    currency: str
    released: date | None
    attributes: Mapping[str, object] | None
    pictures: Sequence[Picture]
    videos: Iterable[Video]


def create_product(
    *,
    merchant: Merchant,
    category: Category,
    title: str,
    feed_id: str = "",
    brand: str = "",
    gtin: str = "",
    mpn: str = "",
    description: str = "",
    price: Decimal | None = None,
    currency: str = "EUR",
    released: date | None = None,
    attributes: Mapping[str, object] | None = None,
    pictures: Sequence[Picture] = (),
    videos: Iterable[Video] = (),
    listed: bool = False,
) -> Product:
    """A product of a merchant's: a draft, or public at once with `listed`.

    Raises InvalidProductError with a sentence for each field that can't be right.
    """
    product = Product(
        merchant=merchant, state=ProductState.LISTED if listed else ProductState.DRAFT
    )
    _save(
        product,
        {
            "category": category,
            "title": title,
            "feed_id": feed_id or f"auditorium-{secrets.token_hex(6)}",
            "brand": brand,
            "gtin": gtin,
            "mpn": mpn,
            "description": description,
            "price": price,
            "currency": currency,
            "released": released,
            "attributes": attributes or {},
            "pictures": pictures,
            "videos": videos,
        },
    )
    return product


def update_product(*, product: Product, **fields: Unpack[ProductFields]) -> Product:
    """Change what is given, leave the rest. Raises InvalidProductError."""
    _save(product, fields)
    return product


def list_product(*, product: Product) -> None:
    """Make a product public. Raises ProductActionRefusedError for what was taken down, or is a
    suspended merchant's."""
    with transaction.atomic():
        _refresh(product)
        if product.state == ProductState.LISTED:
            return
        if not may_be_listed(product):
            raise ProductActionRefusedError(_why_not_listed(product))
        _set_state(product, ProductState.LISTED)


def withdraw_product(*, product: Product) -> None:
    """Take one's own product off the site; it can be listed again."""
    with transaction.atomic():
        _refresh(product)
        if product.state == ProductState.WITHDRAWN:
            return
        if not may_be_withdrawn(product):
            raise ProductActionRefusedError(_("Only a listed product can be withdrawn."))
        _set_state(product, ProductState.WITHDRAWN)


@transaction.atomic
def take_down_product(*, product: Product) -> None:
    """Take a product off the site by an editor's decision: its merchant can't list it again."""
    _refresh(product)
    if product.state != ProductState.TAKEN_DOWN:
        product.state_before_take_down = product.state
        _set_state(product, ProductState.TAKEN_DOWN)


@transaction.atomic
def restore_product(*, product: Product) -> None:
    """Lift a take-down: the product is again what it was before."""
    _refresh(product)
    if product.state == ProductState.TAKEN_DOWN:
        before = ProductState(product.state_before_take_down or ProductState.WITHDRAWN)
        product.state_before_take_down = ""
        _set_state(product, before)


def _save(product: Product, fields: ProductFields) -> None:
    checked = _checked(product, fields)
    if "title" in checked:
        checked["slug"] = product_slug(checked["title"])
    for name, value in checked.items():
        setattr(product, name, value)
    try:
        with transaction.atomic():
            _save_fields(product, checked)
            if "pictures" in fields:
                _set_pictures(product, fields["pictures"])
            if "videos" in fields:
                product.videos.set(fields["videos"])
            product_changed.send(sender=Product, product_ids=[product.pk])
    except IntegrityError as error:
        raise InvalidProductError(
            {"feed_id": _("Another product of yours has this number already.")}
        ) from error


def _save_fields(product: Product, names: Iterable[str]) -> None:
    """Only these, so that an old copy in hand can't undo a take-down."""
    product.save(update_fields=None if product.pk is None else [*names, "updated_at"])


def product_slug(title: str) -> str:
    return slugify(title)[:120].strip("-") or "product"


def _checked(product: Product, fields: ProductFields) -> dict[str, Any]:
    """The plain fields as they are stored. Raises InvalidProductError naming every bad one."""
    checks: dict[str, Callable[[Any], Any]] = {
        "category": lambda category: category,
        "title": lambda text: values.line_of_text(
            text, field=_("The title"), longest=300, required=True
        ),
        "feed_id": lambda text: values.line_of_text(
            text, field=_("Your product number"), longest=100, required=True
        ),
        "brand": lambda text: values.line_of_text(text, field=_("The brand"), longest=100),
        "gtin": lambda number: values.gtin([number]),
        "mpn": lambda text: values.line_of_text(text, field=_("The part number"), longest=255),
        "description": values.description,
        "price": lambda price: None if price is None else values.amount(price),
        "currency": values.currency,
        "released": lambda released: released,
        "attributes": lambda attributes: check_attributes(
            attributes_of(fields.get("category") or product.category), attributes or {}
        ),
        "pictures": lambda pictures: _check_owner(product, pictures),
        "videos": lambda videos: _check_owner(product, videos),
    }
    checked, errors = {}, {}
    for name, value in fields.items():
        try:
            checked[name] = checks[name](value)
        except ValueError as error:
            errors[name] = str(error)
    if errors:
        raise InvalidProductError(errors)
    return {name: checked[name] for name in checked if name not in ("pictures", "videos")}


def _check_owner(product: Product, things: Iterable[Picture | Video]) -> None:
    if any(thing.merchant_id != product.merchant_id for thing in things):
        raise ValueError(_("Choose from your own pictures and videos."))


def _set_pictures(product: Product, pictures: Sequence[Picture]) -> None:
    product.pictures.all().delete()
    ProductPicture.objects.bulk_create(
        ProductPicture(product=product, picture=picture, position=position)
        for position, picture in enumerate(pictures)
    )


def _refresh(product: Product) -> None:
    """The state as it is now, locked until the transaction ends."""
    row = Product.objects.select_for_update(of=("self",)).select_related("merchant")
    now = row.get(pk=product.pk)
    product.state = now.state
    product.state_before_take_down = now.state_before_take_down
    product.merchant = now.merchant


def _set_state(product: Product, state: ProductState) -> None:
    product.state = state
    product.save(update_fields=["state", "state_before_take_down", "updated_at"])
    product_changed.send(sender=Product, product_ids=[product.pk])


def _why_not_listed(product: Product) -> str:
    if product.state == ProductState.TAKEN_DOWN:
        return _("An editor took this product down. It can be listed again once they lift that.")
    return _("Your merchant account is suspended, so nothing of yours can be listed.")
