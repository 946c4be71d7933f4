"""What the shoppers' pages read, gathered from the apps below. Each page comes from one function
here, in a number of queries that does not grow with what it shows."""

from storefront.selectors.auditions import (
    AuditionPage,
    EntryPage,
    Standing,
    audition_page,
    entry_page,
    vote_progress,
)
from storefront.selectors.catalogue import (
    CategoryPage,
    MerchantPage,
    ProductPage,
    category_page,
    merchant_page,
    more_of_its_category,
    product_page,
)
from storefront.selectors.home import HomePage, StagedRound, home_page
from storefront.selectors.people import MyPage, my_page
from storefront.selectors.searching import attributes_to_filter_by
from storefront.selectors.watching import WatchPage, watch_page

__all__ = [
    "AuditionPage",
    "CategoryPage",
    "EntryPage",
    "HomePage",
    "MerchantPage",
    "MyPage",
    "ProductPage",
    "StagedRound",
    "Standing",
    "WatchPage",
    "attributes_to_filter_by",
    "audition_page",
    "category_page",
    "entry_page",
    "home_page",
    "merchant_page",
    "more_of_its_category",
    "my_page",
    "product_page",
    "vote_progress",
    "watch_page",
]
