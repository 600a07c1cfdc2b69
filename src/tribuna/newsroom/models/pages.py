"""The pages that stories stand on and are found by."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache, lru_cache
from http import HTTPMethod
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.models.sites import SiteRootPath
from wagtail.url_routing import RouteResult

from tribuna.newsroom.models.rows import OutOfRow
from tribuna.newsroom.signals import page_shown

# The first step of addresses that are not pages; a page with this slug under a home page could never be reached.
RESERVED_SLUGS = frozenset({"archive", "articles", "comments", "live", "receipts", "search"})

# The page that is being published, by primary key: who hears of that in the end need not hear of the save in between.
being_published: ContextVar[int | None] = ContextVar("being_published", default=None)


if TYPE_CHECKING:

    class _BesidePage(Page, models.Model):
        """What a mixin of pages stands beside. Were Page its base in life, each mixin would be a table."""

        class Meta:
            abstract = True

        def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> None: ...
        def publish(self, *args: Any, **kwargs: Any) -> None: ...
else:
    _BesidePage = models.Model


def is_open(page: Page) -> bool:
    """Say whether *page* is live and its time is not over, however late the clock is that takes it down."""
    return bool(page.live) and (page.expire_at is None or page.expire_at > timezone.now())


def address_below(language: str, path: str) -> str:
    """Return the address of the page at *path* (its ``url_path`` less that of the front page) in *language*."""
    return _address(language, path, get_script_prefix())


@lru_cache(maxsize=4096)
def _address(language: str, path: str, script_prefix: str) -> str:
    return _front_address(language, script_prefix) + quote(path)


def address_of(url_path: str, roots: Sequence[SiteRootPath]) -> str | None:
    """Return the address of the page at *url_path*, with the site's own where there are several; None outside all."""
    root = next((root for root in roots if url_path.startswith(root.root_path)), None)
    if root is None:
        return None
    address = address_below(root.language_code, url_path[len(root.root_path) :])
    return address if len({each.site_id for each in roots}) == 1 else f"{root.root_url}{address}"


@lru_cache
def _front_address(language: str, script_prefix: str) -> str:
    """Return the address of the front page in *language*. Django is mounted at *script_prefix*, the active one."""
    with override(language):
        return reverse("wagtail_serve", args=[""])


@cache
def _no_restrictions() -> QuerySet[PageViewRestriction]:
    """Return an empty answer that has been given already: even to find that there is nothing to ask takes a while."""
    nothing: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
    len(nothing)
    return nothing


class NewsPagePermissions(PagePermissionTester):
    """What staff may do with a page. Nobody may make it private: whom it was for could not be told from the others."""

    def can_set_view_restrictions(self) -> bool:
        """Return False: the session stays under /admin/ (docs/decisions/0006-staff-cookies.md)."""
        return False


class NewsPage(OutOfRow, _BesidePage):
    """What every page of the site has, besides Wagtail's own."""

    # Set by the lookup of a page for a reader: False when no page of the whole site is private.
    may_be_private: bool = True
    allowed_http_methods: ClassVar = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    # Each is stored whole, with all that the receivers add, or not at all.
    unpublish = transaction.atomic(Page.unpublish)
    move = transaction.atomic(Page.move)
    delete = transaction.atomic(Page.delete)

    class Meta:
        abstract = True

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish as Wagtail does: what it saves, it says by ``page_published`` in the end, if it saves anything."""
        token = being_published.set(self.pk)
        try:
            super().publish(*args, **kwargs)
        finally:
            being_published.reset(token)

    @property
    def language(self) -> str:
        """The language this page is written in, a Django language code."""
        return self.locale.language_code

    @property
    def original(self) -> Page:
        """The page this one is an alias of, or itself: the canonical one."""
        return self.alias_of or self

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page at the steps below this one. Raises Http404, and for a page whose time is over too."""
        if not path_components and not is_open(self):
            raise Http404
        return super().route(request, path_components)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return what Wagtail's own does: the site, its own address, and the path there; None outside every site.

        There are twenty links to pages on a page. Wagtail looks each up among all patterns, in its language.
        """
        roots = self._get_relevant_site_root_paths(request)
        if len({root.site_id for root in roots}) > 1:
            return super().get_url_parts(request)
        if not roots:
            return None
        site_id, root_path, root_url, language = roots[0]
        return site_id, root_url, address_below(language, self.url_path[len(root_path) :])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the template needs: the page, and what the receivers of ``page_shown`` add."""
        context = super().get_context(request, *args, **kwargs)
        page_shown.send(type(self), page=self, request=request, context=context)
        return context

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on this page and those above it, without asking when the site has none."""
        return super().get_view_restrictions() if self.may_be_private else _no_restrictions()

    def permissions_for_user(self, user: AbstractUser | AnonymousUser) -> PagePermissionTester:
        """Return what *user* may do with the page, which is never to make it private."""
        return NewsPagePermissions(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the draft, which our own editor may show in a frame."""
        policy: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
        response: HttpResponse = xframe_options_sameorigin(csp_override(policy)(super().serve_preview))(
            request, mode_name
        )
        return response


class TopLevelPage(NewsPage):
    """A page right under a home page, where some addresses are taken."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a slug that an address of the site already has."""
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is taken by the site itself. Please choose another.")})


class HomePage(NewsPage, Page):
    """The front page in one language."""

    tagline = models.CharField(
        _("tagline"), max_length=255, blank=True, help_text=_("One line under the newsroom's name.")
    )
    shows_most_read = models.BooleanField(
        _("show what is read most"), default=True, help_text=_("A box with the five stories that are read most.")
    )

    template = "newsroom/home_page.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["newsroom.SectionPage", "newsroom.AuthorIndexPage", "newsroom.TopicIndexPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("tagline"), FieldPanel("shows_most_read")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class SectionPage(TopLevelPage, Page):
    """A part of the paper, such as City or Culture; the articles in it are its children."""

    intro = models.TextField(_("introduction"), blank=True)
    shows_most_read = models.BooleanField(
        _("show what is read most"), default=True, help_text=_("A box with the five stories that are read most.")
    )

    template = "newsroom/section_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.ArticlePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro"), FieldPanel("shows_most_read")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class AuthorIndexPage(TopLevelPage, Page):
    """All authors."""

    template = "newsroom/author_index_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.AuthorPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of authors")
        verbose_name_plural = _("lists of authors")


class AuthorPage(NewsPage, Page):
    """Somebody, or a desk, whose name stands over articles. The title is the name."""

    role = models.CharField(_("role"), max_length=255, blank=True, help_text=_("For example: Reporter, City desk."))
    bio = models.TextField(_("about"), blank=True)
    portrait = models.ForeignKey(
        "newsroom.NewsImage",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_desk = models.BooleanField(
        _("is a desk"), default=False, help_text=_("A desk or an agency rather than one person.")
    )

    template = "newsroom/author_page.html"
    parent_page_types: ClassVar = ["newsroom.AuthorIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("role"),
        FieldPanel("is_desk"),
        FieldPanel("portrait"),
        FieldPanel("bio"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class TopicIndexPage(TopLevelPage, Page):
    """All topics."""

    template = "newsroom/topic_index_page.html"
    parent_page_types: ClassVar = ["newsroom.HomePage"]
    subpage_types: ClassVar = ["newsroom.TopicPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of topics")
        verbose_name_plural = _("lists of topics")


class TopicPage(NewsPage, Page):
    """A subject that articles of several sections may be about."""

    intro = models.TextField(_("introduction"), blank=True)

    template = "newsroom/topic_page.html"
    parent_page_types: ClassVar = ["newsroom.TopicIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
