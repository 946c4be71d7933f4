"""What machines read of a guide: schema.org in JSON-LD. Pure: takes what the page shows and
absolute addresses, gives dictionaries."""

from typing import Any

from django.utils.html import strip_tags

from cms.models import GuidePage
from cms.selectors.reading import Part, Reading, ShownProduct, ShownVideo


def structured_data_of(
    guide: GuidePage, reading: Reading, *, url: str, site_url: str, picture_url: str = ""
) -> dict[str, Any]:
    """One graph: the article, where it hangs, and whatever of its parts machines know."""
    graph = [_article(guide, url=url, picture_url=picture_url), _crumbs(guide, reading, site_url)]
    for part in reading.parts:
        graph.extend(_of_part(part, url=url, site_url=site_url))
    if questions := _questions(reading):
        graph.append({"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": questions})
    return {"@context": "https://schema.org", "@graph": graph}


def _article(guide: GuidePage, *, url: str, picture_url: str) -> dict[str, Any]:
    data = {
        "@type": "Article",
        "@id": url,
        "headline": guide.title,
        "description": guide.summary,
        "articleSection": guide.category.name,
        "image": picture_url,
        "datePublished": _iso(guide.first_published_at),
        "dateModified": _iso(guide.last_published_at),
        "mainEntityOfPage": url,
    }
    if guide.merchant is not None:
        data["author"] = {"@type": "Organization", "name": guide.merchant.name}
    return {name: value for name, value in data.items() if value}


def _crumbs(guide: GuidePage, reading: Reading, site_url: str) -> dict[str, Any]:
    above = [(one.name, site_url + one.get_absolute_url()) for one in reading.category_path]
    here: list[tuple[str, str]] = [*above, (guide.title, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name}
            | ({"item": address} if address else {})
            for number, (name, address) in enumerate(here, start=1)
        ],
    }


def _of_part(part: Part, *, url: str, site_url: str) -> list[dict[str, Any]]:
    if part.kind == "steps" and part.block is not None:
        return [_how_to(part.block.value, anchor=f"{url}#{part.anchor}")]
    if part.video is not None and part.video.playback is not None:
        return [_video(part.video, site_url=site_url)]
    return [_product(shown, site_url=site_url) for shown in part.products]


def _how_to(value: Any, *, anchor: str) -> dict[str, Any]:
    return {
        "@type": "HowTo",
        "@id": anchor,
        "name": value.get("title"),
        "step": [
            {
                "@type": "HowToStep",
                "position": number,
                "name": step.get("title"),
                "text": step.get("text") or step.get("title"),
            }
            for number, step in enumerate(value.get("steps") or [], start=1)
        ],
    }


def _video(shown: ShownVideo, *, site_url: str) -> dict[str, Any]:
    video, playback = shown.video, shown.playback
    data = {
        "@type": "VideoObject",
        "name": video.title,
        "description": video.description or shown.caption or video.title,
        "url": site_url + video.get_absolute_url(),
        "uploadDate": _iso(video.first_published_at or video.created_at),
    }
    if playback is not None:
        data["duration"] = f"PT{round(playback.duration)}S"
        data["contentUrl"] = site_url + playback.mp4_url
        if playback.poster is not None:
            poster = playback.poster.get_rendition("width-1280|format-webp")
            data["thumbnailUrl"] = (
                site_url + poster.url if poster.url.startswith("/") else poster.url
            )
    return data


def _product(shown: ShownProduct, *, site_url: str) -> dict[str, Any]:
    product = shown.product
    data: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "url": site_url + product.get_absolute_url(),
        "description": product.description,
        "category": product.category.name,
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
        }
    return {name: value for name, value in data.items() if value}


def _questions(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Question",
            "name": pair.get("question"),
            "acceptedAnswer": {"@type": "Answer", "text": strip_tags(pair.get("answer") or "")},
        }
        for part in reading.parts
        if part.kind == "questions" and part.block is not None
        for pair in part.block.value.get("questions") or []
    ]


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""
