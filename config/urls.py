from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

# Wagtail brings sign-in forms of its own; there is one door, with its rules for confirmed
# addresses and its limits on guessing.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("admin/login/", to_sign_in, name="admin_sign_in"),
    path("_util/login/", to_sign_in, name="page_sign_in"),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("me/", include("accounts.urls")),
    path("merchant/", include("workbench.urls")),
    path("media/", include("media_pipeline.urls")),
    path("", include("storefront.urls")),
    path("", include(wagtail_urls)),
]
