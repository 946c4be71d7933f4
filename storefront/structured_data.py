"""What machines read of a page: schema.org in JSON-LD. Pure: takes objects and absolute
addresses, gives dictionaries."""

from typing import Any

from media_pipeline.captions import spoken_text
from media_pipeline.models import Video
from media_pipeline.selectors import Playback
from products.models import Category, Product
from storefront.templatetags.storefront import duration_iso

CONTEXT = "https://schema.org"


def product_data(
    product: Product, *, url: str, picture_urls: list[str], videos: list[dict[str, Any]]
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": product.title,
        "url": url,
        "description": product.description,
        "sku": product.feed_id,
        "image": picture_urls,
        "category": product.category.name,
        "mpn": product.mpn,
        "subjectOf": videos,
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    if product.gtin:
        data["gtin"] = product.gtin
    if product.price is not None:
        data["offers"] = {
            "@type": "Offer",
            "price": str(product.price),
            "priceCurrency": product.currency,
            "url": url,
            "seller": {"@type": "Organization", "name": product.merchant.name},
        }
    return {key: value for key, value in data.items() if value}


def video_data(
    video: Video, *, url: str, playback: Playback, poster_url: str, site_url: str
) -> dict[str, Any]:
    data = {
        "@context": CONTEXT,
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or video.title,
        "url": url,
        "thumbnailUrl": [poster_url] if poster_url else [],
        "uploadDate": (video.first_published_at or video.created_at).isoformat(),
        "duration": duration_iso(playback.duration),
        "contentUrl": site_url + playback.mp4_url,
        "publisher": {"@type": "Organization", "name": video.merchant.name},
        "transcript": spoken_text(video.captions),
    }
    return {key: value for key, value in data.items() if value}


def crumbs_data(categories: list[Category], *, site_url: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": category.name,
                "item": site_url + category.get_absolute_url(),
            }
            for number, category in enumerate(categories, start=1)
        ],
    }
