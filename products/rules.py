from merchants.rules import is_in_business
from products.choices import ImportState, ProductState
from products.models import FeedImport, Product


def may_be_listed(product: Product) -> bool:
    return product.state in (ProductState.DRAFT, ProductState.WITHDRAWN) and is_in_business(
        product.merchant
    )


def may_be_withdrawn(product: Product) -> bool:
    return product.state == ProductState.LISTED


def is_public(product: Product) -> bool:
    return product.state == ProductState.LISTED and is_in_business(product.merchant)


def is_over(feed_import: FeedImport) -> bool:
    return feed_import.state in (ImportState.FINISHED, ImportState.FAILED)
