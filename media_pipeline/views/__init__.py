"""Files in (uploads.py) and files out (files.py)."""

from media_pipeline.views.files import picture_file, video_file
from media_pipeline.views.uploads import UploadsView, UploadView

__all__ = ["UploadView", "UploadsView", "picture_file", "video_file"]
