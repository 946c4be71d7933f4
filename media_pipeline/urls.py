from django.urls import path

from media_pipeline import views

app_name = "media_pipeline"
urlpatterns = [
    path("uploads/", views.UploadsView.as_view(), name="upload_create"),
    path("uploads/<uuid:uuid>/", views.UploadView.as_view(), name="upload"),
    path("videos/<uuid:uuid>/<path:path>", views.video_file, name="video_file"),
    path("files/<path:path>", views.picture_file, name="file"),
]
