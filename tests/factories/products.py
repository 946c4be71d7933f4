from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from products.choices import AttributeKind, ProductState
from products.models import Attribute, Category, Product
from tests.factories.merchants import MerchantFactory


class CategoryFactory(DjangoModelFactory):
    """A root category, or `CategoryFactory(parent=…)` one below another."""

    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n:04}")
    slug = factory.Sequence(lambda n: f"category-{n}")
    description = "Things of one sort."

    @classmethod
    def _create(cls, model_class: type[Category], *args: Any, **kwargs: Any) -> Category:
        parent = kwargs.pop("parent", None)
        if parent is None:
            return Category.add_root(**kwargs)
        # Sorted insertion moves nodes about: what the caller holds may be out of date.
        return Category.objects.get(pk=parent.pk).add_child(**kwargs)


class AttributeFactory(DjangoModelFactory):
    class Meta:
        model = Attribute

    category = factory.SubFactory(CategoryFactory)
    key = factory.Sequence(lambda n: f"attribute_{n}")
    label = factory.LazyAttribute(lambda attribute: attribute.key.replace("_", " ").capitalize())
    kind = AttributeKind.TEXT


class ProductFactory(DjangoModelFactory):
    """A draft; `ProductFactory(listed=True)` is public."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    class Params:
        listed = factory.Trait(state=ProductState.LISTED)

    merchant = factory.SubFactory(MerchantFactory)
    category = factory.SubFactory(CategoryFactory)
    feed_id = factory.Sequence(lambda n: f"item-{n}")
    title = factory.Sequence(lambda n: f"Rice cooker {n}")
    slug = factory.Sequence(lambda n: f"rice-cooker-{n}")
    brand = "Kamado"
    description = "Cooks rice, and keeps it warm."
    price = Decimal("79.90")

    @factory.post_generation
    def videos(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.videos.set(extracted)
