"""Logos as people upload them, good and bad."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture_bytes(size=(200, 120), picture_format="PNG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, picture_format, **options)
    return out.getvalue()


def upload(content=None, name="logo.png"):
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)
