"""Shops, categories and products."""

from collections import Counter
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from demo import library
from demo.art import gallery
from demo.library import Article, Shelf, Shop
from demo.services.people import editor
from demo.services.reporting import Report
from media_pipeline.models import Picture
from media_pipeline.services import create_picture
from merchants.models import Merchant
from merchants.services import apply_as_merchant, approve_application
from products.choices import AttributeKind
from products.models import Category, Product
from products.services import create_category, create_product, define_attribute

LOGO = 600  # pixels
PLAIN = (1000, 1000)
IN_USE = (1200, 900)


def add_shops(report: Report) -> None:
    """Each applies, and an editor approves."""
    shops = library.shops()
    there = set(Merchant.objects.values_list("name", flat=True))
    for number, shop in enumerate(shops, start=1):
        if shop.name not in there:
            logo = gallery.png(gallery.picture(f"logo:{shop.key}", LOGO, LOGO))
            _open_shop(shop, logo)
        report(_("Merchants"), number, len(shops))


def add_categories(report: Report) -> None:
    shelves = library.shelves()
    there = set(Category.objects.values_list("slug", flat=True))
    for number, shelf in enumerate(shelves, start=1):
        _put_up(shelf, parent=None, there=there)
        report(_("Categories"), number, len(shelves))


def add_products(report: Report) -> None:
    """Listed, each with a picture of it by itself and one of it in use. One of each category
    after the other, so that what is newest is not all of a kind."""
    articles = _mixed(library.articles())
    there = set(Product.objects.values_list("feed_id", flat=True))
    merchants = merchants_by_key()
    categories = {category.slug: category for category in Category.objects.all()}
    for number, article in enumerate(articles, start=1):
        if article.id not in there:
            _list_article(article, merchants[article.merchant], categories[article.category])
        report(_("Products"), number, len(articles))


def _mixed(articles: Sequence[Article]) -> list[Article]:
    """The first of each category, then the second of each, and so on."""
    seen: Counter[str] = Counter()
    places: list[tuple[int, int]] = []
    for article in articles:
        places.append((seen[article.category], len(places)))
        seen[article.category] += 1
    return [articles[number] for _turn, number in sorted(places)]


def merchants_by_key() -> dict[str, Merchant]:
    by_name = {merchant.name: merchant for merchant in Merchant.objects.all()}
    return {shop.key: by_name[shop.name] for shop in library.shops()}


def owner_of(merchant: Merchant) -> User:
    owners = {shop.name: shop.owner for shop in library.shops()}
    return User.objects.get(email=owners[merchant.name])


def picture_from_art(*, art: str, size: tuple[int, int], title: str, merchant: Merchant) -> Picture:
    png = gallery.opaque_png(gallery.picture(art, *size))
    return create_picture(merchant=merchant, file=ContentFile(png, name="art.png"), title=title)


@transaction.atomic
def _open_shop(shop: Shop, logo: bytes) -> None:
    owner = User.objects.get(email=shop.owner)
    application = apply_as_merchant(
        applicant=owner,
        trading_name=shop.name,
        what_they_sell=shop.about,
        contact_email=shop.owner,
        contact_phone=shop.telephone,
        logo=SimpleUploadedFile("logo.png", logo, content_type="image/png"),
    )
    approve_application(application=application, editor=editor())


def _put_up(shelf: Shelf, *, parent: Category | None, there: set[str]) -> None:
    if shelf.slug not in there:
        _make_category(shelf, parent)
    category = Category.objects.get(slug=shelf.slug)
    for child in shelf.children:
        _put_up(child, parent=category, there=there)


@transaction.atomic
def _make_category(shelf: Shelf, parent: Category | None) -> None:
    category = create_category(
        name=shelf.name,
        parent=parent,
        slug=shelf.slug,
        description=shelf.description,
        service_promise=shelf.service_promise,
    )
    for key, label, kind, more in shelf.attributes:
        define_attribute(
            category=category,
            key=key,
            label=label,
            kind=AttributeKind(kind),
            unit=more if isinstance(more, str) else "",
            choices=more if isinstance(more, list) else (),
        )


@transaction.atomic
def _list_article(article: Article, merchant: Merchant, category: Category) -> None:
    by_itself = picture_from_art(
        art=f"product:{article.art}", size=PLAIN, title=article.title, merchant=merchant
    )
    in_use = picture_from_art(
        art=f"setting:{article.art}",
        size=IN_USE,
        title=_("%(product)s where it is used") % {"product": article.title},
        merchant=merchant,
    )
    create_product(
        merchant=merchant,
        category=category,
        title=article.title,
        feed_id=article.id,
        brand=article.brand,
        gtin=article.gtin,
        mpn=article.mpn,
        description=article.description,
        price=article.price,
        released=article.released,
        attributes=article.attributes,
        pictures=[by_itself, in_use],
        listed=True,
    )
