"""Files in (uploads.py) and files out (files.py, video_files.py)."""

from media_pipeline.views.files import picture_file
from media_pipeline.views.uploads import UploadsView, UploadView
from media_pipeline.views.video_files import video_file

__all__ = ["UploadView", "UploadsView", "picture_file", "video_file"]
