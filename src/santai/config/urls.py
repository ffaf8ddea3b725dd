"""Every address of the platform. Each surface lists its own; this page only joins them."""

from django.urls import include, path

from santai.web.api.service import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("desk/", include("santai.web.desk.urls")),
    path("hotline/", include("santai.web.hotline.urls")),
    path("counter/", include("santai.web.counter.urls")),
    path("", include("santai.web.portal.urls")),
]

handler400 = "santai.web.portal.errors.bad_request"
handler403 = "santai.web.portal.errors.forbidden"
handler404 = "santai.web.portal.errors.not_found"
handler500 = "santai.web.portal.errors.server_error"
