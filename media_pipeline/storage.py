"""S3, with addresses on this site instead of in the bucket: what is served, and to whom, is
decided by views, as for files in a folder. Imported only where settings name it."""

from typing import Any
from urllib.parse import urljoin

from botocore.exceptions import ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class SiteS3Storage(S3Storage):
    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def open_range(self, name: str, start: int, length: int) -> Any:
        """A stream of those bytes; `open` would fetch all of the file first. Raises
        FileNotFoundError."""
        stored = self.bucket.Object(self._normalize_name(name))
        try:
            return stored.get(Range=f"bytes={start}-{start + length - 1}")["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise FileNotFoundError(name) from error
            raise
