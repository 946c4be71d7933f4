"""Feeds as merchants send them, in each of the formats."""

import gzip
import json

from django.core.files.base import ContentFile

HEADER = ("id", "title", "price", "product_type", "gtin", "image_link")


def tsv(*rows, header=HEADER):
    return "\n".join("\t".join(cells) for cells in (header, *rows)).encode()


def rss(*items):
    joined = "\n".join(f"<item>\n{item}\n</item>" for item in items)
    return (
        '<?xml version="1.0"?>\n'
        '<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>\n'
        f"<title>A shop</title>\n{joined}\n</channel></rss>"
    ).encode()


def json_lines(*records):
    return "\n".join(json.dumps(record) for record in records).encode()


def packed(content):
    return gzip.compress(content)


def feed_file(content, name="feed"):
    return ContentFile(content, name=name)
