"""Every address of the site. Readers' addresses begin with their language; ``/admin/`` is the staff's."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tribuna.site.media import FILE_CSP, serve_picture

# Wagtail's editor writes styles and scripts into its own pages. That is allowed under /admin/ and nowhere else.
_ADMIN_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-ancestors": [CSP.SELF],
}

# What readers ask for most stands first: every place that is looked at in vain takes its time.
urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(
        path("", include("tribuna.comments.urls")),
        path("", include("tribuna.moderation.urls.public")),
        path("", include("tribuna.newsroom.urls")),
        path("", include("tribuna.search.urls")),
        path("", include("tribuna.syndication.urls.editions")),
        path("", include(wagtail_urls)),
    ),
    path("admin/", include(decorate_urlpatterns(list(wagtailadmin_urls.urlpatterns), csp_override(_ADMIN_CSP)))),
    path("documents/", include(decorate_urlpatterns(list(wagtaildocs_urls.urlpatterns), csp_override(FILE_CSP)))),
    re_path(r"^media/(?P<path>.*)$", serve_picture),
    path("", include("tribuna.humans.urls")),
    path("", include("tribuna.moderation.urls.ledger")),
    path("", include("tribuna.syndication.urls")),
]

handler400 = "tribuna.theme.views.bad_request"
handler403 = "tribuna.theme.views.permission_denied"
handler404 = "tribuna.theme.views.page_not_found"
handler500 = "tribuna.theme.views.server_error"
