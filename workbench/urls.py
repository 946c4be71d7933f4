from django.urls import URLPattern, URLResolver, include, path, re_path

from workbench.views import (
    auditions,
    captions,
    dashboard,
    door,
    guide_actions,
    guides,
    imports,
    pictures,
    products,
    team,
    video_actions,
    videos,
)

app_name = "workbench"

guide_patterns = [
    path("", guides.GuideEditView.as_view(), name="guide"),
    path("save/", guides.GuideAutosaveView.as_view(), name="guide_save"),
    path("preview/", guide_actions.GuidePreviewView.as_view(), name="guide_preview"),
    path("preview/page/", guide_actions.GuidePreviewPageView.as_view(), name="guide_preview_page"),
    path("versions/", guide_actions.GuideVersionsView.as_view(), name="guide_versions"),
    path(
        "versions/<int:revision_id>/",
        guide_actions.GuideVersionView.as_view(),
        name="guide_version",
    ),
    path(
        "versions/<int:revision_id>/page/",
        guide_actions.GuideVersionPageView.as_view(),
        name="guide_version_page",
    ),
    path(
        "versions/<int:revision_id>/restore/",
        guide_actions.RestoreVersionView.as_view(),
        name="guide_restore",
    ),
    path("schedule/", guide_actions.ScheduleGuideView.as_view(), name="guide_schedule"),
    path("withdraw/", guide_actions.WithdrawGuideView.as_view(), name="guide_withdraw"),
    path("delete/", guide_actions.DeleteGuideView.as_view(), name="guide_delete"),
]

caption_patterns: list[URLPattern | URLResolver] = [
    path("", captions.CaptionsView.as_view(), name="video_captions"),
    path("chapters/", captions.ChaptersView.as_view(), name="video_chapters"),
    path("<slug:language>/", captions.CaptionsEditView.as_view(), name="video_captions_edit"),
    re_path(
        r"^(?P<language>[a-z-]+)\.(?P<suffix>vtt|srt)$",
        captions.CaptionsFileView.as_view(),
        name="video_captions_file",
    ),
    path(
        "<slug:language>/replace/",
        captions.ReplaceCaptionsView.as_view(),
        name="video_captions_replace",
    ),
    path(
        "<slug:language>/remove/",
        captions.RemoveCaptionsView.as_view(),
        name="video_captions_remove",
    ),
    path(
        "<slug:language>/confirm/",
        captions.ConfirmCaptionsView.as_view(),
        name="video_captions_confirm",
    ),
    path("<slug:language>/use/", captions.UseCaptionsView.as_view(), name="video_captions_use"),
]

video_patterns: list[URLPattern | URLResolver] = [
    path("", videos.VideoDetailView.as_view(), name="video"),
    path("progress/", videos.VideoProgressView.as_view(), name="video_progress"),
    path("submit/", video_actions.SubmitVideoView.as_view(), name="video_submit"),
    path("withdraw/", video_actions.WithdrawVideoView.as_view(), name="video_withdraw"),
    path("retry/", video_actions.RetryVideoView.as_view(), name="video_retry"),
    path("cancel/", video_actions.CancelVideoView.as_view(), name="video_cancel"),
    path("poster/", video_actions.PosterView.as_view(), name="video_poster"),
    path("delete/", video_actions.DeleteVideoView.as_view(), name="video_delete"),
    path("captions/", include(caption_patterns)),
]

merchant_patterns: list[URLPattern | URLResolver] = [
    path("", dashboard.DashboardView.as_view(), name="dashboard"),
    path("products/", products.ProductListView.as_view(), name="products"),
    path("products/new/", products.NewProductView.as_view(), name="product_new"),
    path(
        "products/attributes/", products.ProductAttributesView.as_view(), name="product_attributes"
    ),
    path("products/<int:pk>/", products.EditProductView.as_view(), name="product"),
    path("products/<int:pk>/list/", products.ListProductView.as_view(), name="product_list"),
    path(
        "products/<int:pk>/withdraw/",
        products.WithdrawProductView.as_view(),
        name="product_withdraw",
    ),
    path("imports/", imports.ImportListView.as_view(), name="imports"),
    path("imports/<uuid:uuid>/", imports.ImportView.as_view(), name="import"),
    path(
        "imports/<uuid:uuid>/progress/",
        imports.ImportProgressView.as_view(),
        name="import_progress",
    ),
    path("guides/", guides.GuideListView.as_view(), name="guides"),
    path("guides/new/", guides.NewGuideView.as_view(), name="guide_new"),
    path("guides/<int:pk>/", include(guide_patterns)),
    path("videos/", videos.VideoListView.as_view(), name="videos"),
    path("videos/upload/", videos.VideoUploadView.as_view(), name="video_upload"),
    path("videos/<uuid:uuid>/", include(video_patterns)),
    path("pictures/", pictures.PictureListView.as_view(), name="pictures"),
    path("pictures/<int:pk>/thumb/", pictures.PictureThumbView.as_view(), name="picture_thumb"),
    path("choose/<slug:kind>/", pictures.ChooseView.as_view(), name="choose"),
    path("auditions/", auditions.AuditionListView.as_view(), name="auditions"),
    path("auditions/<slug:slug>/enter/", auditions.EnterRoundView.as_view(), name="enter"),
    path("entries/<int:pk>/", auditions.EntryView.as_view(), name="entry"),
    path(
        "entries/<int:pk>/withdraw/", auditions.WithdrawEntryView.as_view(), name="entry_withdraw"
    ),
    path("members/", team.MemberListView.as_view(), name="members"),
    path("members/<int:pk>/role/", team.ChangeRoleView.as_view(), name="member_role"),
    path("members/<int:pk>/remove/", team.RemoveMemberView.as_view(), name="member_remove"),
    path(
        "members/invitations/<int:pk>/withdraw/",
        team.WithdrawInvitationView.as_view(),
        name="invitation_withdraw",
    ),
    path("settings/", team.SettingsView.as_view(), name="settings"),
]

urlpatterns = [
    path("", door.HomeView.as_view(), name="home"),
    path("apply/", door.ApplyView.as_view(), name="apply"),
    path("application/", door.ApplicationView.as_view(), name="application"),
    path("<slug:merchant_slug>/", include(merchant_patterns)),
]
