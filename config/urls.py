from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("me/", include("accounts.urls")),
    path("merchant/", include("workbench.urls")),
    path("media/", include("media_pipeline.urls")),
    path("", include("storefront.urls")),
    path("", include(wagtail_urls)),
]
