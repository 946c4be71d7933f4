"""Every write to products, categories and imports."""

from products.services.categories import (
    create_category,
    define_attribute,
    remove_attribute,
    update_category,
)
from products.services.imports import run_import, start_import
from products.services.products import (
    create_product,
    list_product,
    restore_product,
    take_down_product,
    update_product,
    withdraw_product,
)
from products.services.suggesting import note_categories_of

__all__ = [
    "create_category",
    "create_product",
    "define_attribute",
    "list_product",
    "note_categories_of",
    "remove_attribute",
    "restore_product",
    "run_import",
    "start_import",
    "take_down_product",
    "update_category",
    "update_product",
    "withdraw_product",
]
