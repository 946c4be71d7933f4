"""The editors' pages; wagtail_hooks.py puts them below /admin/."""

from django.urls import path

from cms.views import catalogue, media, merchants, queue, reviews, rounds, take_downs

app_name = "moderation"
urlpatterns = [
    path("", queue.QueueView.as_view(), name="queue"),
    path("decide/", queue.decide, name="decide"),
    path("take-downs/", take_downs.TakeDownListView.as_view(), name="take_downs"),
    path("take-downs/<int:pk>/lift/", take_downs.lift, name="lift"),
    path("applications/", merchants.ApplicationListView.as_view(), name="applications"),
    path("applications/<int:pk>/", merchants.ApplicationView.as_view(), name="application"),
    path("applications/<int:pk>/approve/", merchants.approve, name="approve_application"),
    path("applications/<int:pk>/decline/", merchants.decline, name="decline_application"),
    path("merchants/", merchants.MerchantListView.as_view(), name="merchants"),
    path("merchants/<int:pk>/", merchants.MerchantView.as_view(), name="merchant"),
    path("merchants/<int:pk>/suspend/", merchants.suspend, name="suspend"),
    path("merchants/<int:pk>/reinstate/", merchants.reinstate, name="reinstate"),
    path("merchants/<int:pk>/quota/", media.quota, name="quota"),
    path("media/", media.MediaView.as_view(), name="media"),
    path("media/<int:pk>/retry/", media.retry, name="retry_media"),
    path("media/<int:pk>/cancel/", media.cancel, name="cancel_media"),
    path("media/<int:pk>/remake/", media.remake, name="remake_media"),
    path("media/retry/", media.retry_all, name="retry_all_media"),
    path("video/<int:pk>/overrule/", media.overrule, name="overrule"),
    path("categories/", catalogue.CategoryListView.as_view(), name="categories"),
    path("categories/new/", catalogue.CategoryView.as_view(), name="new_category"),
    path("categories/<int:pk>/", catalogue.CategoryView.as_view(), name="category"),
    path("auditions/", rounds.RoundListView.as_view(), name="rounds"),
    path("auditions/new/", rounds.RoundView.as_view(), name="new_round"),
    path("auditions/<int:pk>/", rounds.RoundView.as_view(), name="round"),
    path("auditions/<int:pk>/<int:entry_pk>/set-aside/", rounds.set_aside, name="set_aside"),
    path("<slug:kind>/<int:pk>/", reviews.ReviewView.as_view(), name="review"),
    path("<slug:kind>/<int:pk>/approve/", reviews.approve, name="approve"),
    path("<slug:kind>/<int:pk>/send-back/", reviews.send_back, name="send_back"),
    path("<slug:kind>/<int:pk>/take-down/", reviews.TakeDownView.as_view(), name="take_down"),
]
