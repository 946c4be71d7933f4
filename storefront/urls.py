from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import path

from storefront.sitemaps import SITEMAPS
from storefront.views import auditions, catalogue, home, machines, people, searching, watching

app_name = "storefront"
urlpatterns = [
    path("", home.home, name="home"),
    path("c/<slug:slug>/", catalogue.category, name="category"),
    path("p/<int:pk>/<slug:slug>/", catalogue.product, name="product"),
    path("m/<slug:slug>/", catalogue.merchant, name="merchant"),
    path("watch/<uuid:uuid>/", watching.watch, name="watch"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("search/why/", searching.why, name="why"),
    path("search/how/", searching.how, name="how"),
    path("selected/", searching.selected, name="selected"),
    path("auditions/", auditions.auditions, name="auditions"),
    path("auditions/<slug:slug>/", auditions.audition, name="audition"),
    path("auditions/<slug:slug>/<int:pk>/", auditions.entry, name="entry"),
    path("auditions/<slug:slug>/<int:pk>/vote/", auditions.vote, name="vote"),
    path("my/", people.my, name="my"),
    path("robots.txt", machines.robots, name="robots"),
    path("healthz", machines.healthz, name="healthz"),
    path(
        "sitemap.xml",
        sitemap_index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "storefront:sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
]
