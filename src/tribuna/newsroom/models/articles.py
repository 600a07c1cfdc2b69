"""The article."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from tribuna.core.prepared import RightNow
from tribuna.newsroom.blocks import BodyBlock
from tribuna.newsroom.models.pages import AuthorPage, NewsPage, SectionPage
from tribuna.newsroom.models.panels import TopicsPanel

# A second publication this soon after the first mends a slip and is not news to anybody.
UPDATE_GRACE_MINUTES = 10
ARTICLE_DEPTH = 4  # root, home, section, article


class CommentsPolicy(models.TextChoices):
    """What readers may say under an article."""

    SITE = "", _("As the settings of comments say")
    OPEN = "open", _("Open")
    FIRST_HELD = "first", _("A moderator reads an author's first")
    PREMODERATED = "premoderated", _("A moderator reads each first")
    STAFFED = "staffed", _("Open while the newsroom is staffed")
    CLOSED = "closed", _("Closed")


class LiveBlog(models.TextChoices):
    """Whether there are posts within a story, and whether more may come."""

    NONE = "", _("None")
    RUNNING = "running", _("Running: posts appear while readers look on")
    OVER = "over", _("Over: posts stay, and no more come")


def story_languages() -> list[tuple[str, str]]:
    """Return the languages a story may be written in, each with its own name for itself."""
    return [(code, get_language_info(code)["name_local"]) for code in settings.TRIBUNA_STORY_LANGUAGES]


class ArticleQuerySet(PageQuerySet):
    """Articles."""

    def for_readers(self) -> ArticleQuerySet:
        """Those that everybody may see: live, with a date, not past their time, and not kept private.

        A page below a private one is private too, and so is an alias of one.
        """
        kept = PageViewRestriction.objects.values("page")
        paths = Page.objects.order_by().values("path")
        # Not one filter with "or": for that PostgreSQL reads all pages, four times in each query.
        private = paths.filter(pk__in=kept).union(paths.filter(alias_of__in=kept), all=True)
        is_over = Q(expire_at__lte=RightNow())  # the clock that takes stories down may be late
        shown = self.live().filter(~is_over, published_at__isnull=False)
        for depth in range(1, ARTICLE_DEPTH + 1):
            shown = shown.alias(above=Substr("path", 1, ArticlePage.steplen * depth)).exclude(above__in=private)
        return shown

    def newest_first(self) -> ArticleQuerySet:
        """In the order of their dates; of two of the same moment, the one that was made later comes first."""
        return self.order_by("-published_at", "-pk")


class PageAbove(models.ForeignKey[Any, Any]):
    """The page right above in the tree, told from the path whenever the article is saved.

    The tree itself can't be part of an index of dates, for it stands in another table.
    """

    wagtail_reference_index_ignore = True  # it is no use that anybody made of a page

    def pre_save(self, model_instance: Any, add: bool) -> int | None:
        """Return the primary key of the page above, None for one in no tree."""
        parent = model_instance.get_parent() if model_instance.path else None
        setattr(model_instance, self.attname, parent and parent.pk)
        return super().pre_save(model_instance, add)


class ArticleMixin(NewsPage):
    """What makes a page a story: its parts, its languages and its dates."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A word or two over the title, such as Analysis.")
    )
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("The story in a sentence or two."))
    published_at = models.DateTimeField(
        _("publication date"),
        null=True,
        blank=True,
        help_text=_("The date readers see. Left empty, it is the moment of the first publication."),
    )
    main_image = models.ForeignKey(
        "newsroom.NewsImage",
        verbose_name=_("main image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    main_image_alt = models.CharField(
        _("alt text"), max_length=255, blank=True, help_text=_("Only if it differs from the image's own.")
    )
    main_image_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Only if it differs from the image's own.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    story_language = models.CharField(
        _("language of the story"),
        max_length=16,
        blank=True,
        choices=story_languages,
        help_text=_("Only if the story is in another language than the page around it."),
    )
    comments_policy = models.CharField(
        _("comments"), max_length=16, blank=True, choices=CommentsPolicy, default=CommentsPolicy.SITE
    )
    comments_close_days = models.PositiveSmallIntegerField(
        _("close comments after days"),
        null=True,
        blank=True,
        help_text=_("Counted from the publication. Empty: as the settings of comments say; 0: never."),
    )
    live_blog = models.CharField(_("live blog"), max_length=8, choices=LiveBlog, default=LiveBlog.NONE, blank=True)

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language the story is written in: its own, or that of the page it was written for."""
        return self.story_language or self.original.locale.language_code

    @property
    def updated_at(self) -> datetime | None:
        """When the story last changed in public, if that was noticeably later than its first publication."""
        if self.first_published_at is None or self.last_published_at is None:
            return None
        is_late = self.last_published_at - self.first_published_at > timedelta(minutes=UPDATE_GRACE_MINUTES)
        return self.last_published_at if is_late else None

    @property
    def is_updated(self) -> bool:
        """Whether readers are told of an update."""
        return self.updated_at is not None

    @property
    def image_alt(self) -> str:
        """What the main image shows, for those who can't see it."""
        return self.main_image_alt or (self.main_image.description if self.main_image else "")

    @property
    def image_caption(self) -> str:
        """The line under the main image."""
        return self.main_image_caption or (self.main_image.caption if self.main_image else "")


class ArticlePage(ArticleMixin, Page):
    """A story, in one section."""

    page_above = PageAbove(
        Page,
        null=True,
        on_delete=models.DO_NOTHING,  # it goes only together with what is below
        related_name="+",
        db_index=False,
        editable=False,
        serialize=False,
    )
    topics = ParentalManyToManyField(
        "newsroom.TopicPage", verbose_name=_("topics"), blank=True, related_name="articles"
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    template = "newsroom/article_page.html"
    parent_page_types: ClassVar = ["newsroom.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("kicker"),
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.SearchField("names"),
        index.FilterField("published_at"),
    ]
    content_panels: ClassVar = [
        FieldPanel("kicker"),
        *Page.content_panels,
        FieldPanel("standfirst"),
        MultipleChooserPanel("authors", "author", heading=_("Byline"), label=_("Author")),
        MultiFieldPanel(
            [FieldPanel("main_image"), FieldPanel("main_image_alt"), FieldPanel("main_image_caption")],
            heading=_("Main image"),
        ),
        FieldPanel("body"),
        MultipleChooserPanel("related", "story", heading=_("Related stories"), label=_("Story")),
        InlinePanel(
            "corrections",
            heading=_("Corrections"),
            label=_("Correction"),
            help_text=_("They stand under the story for good, the newest first."),
        ),
    ]
    promote_panels: ClassVar = [TopicsPanel(), *Page.promote_panels]
    settings_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("published_at"), FieldPanel("story_language")], heading=_("What readers see")),
        MultiFieldPanel([FieldPanel("comments_policy"), FieldPanel("comments_close_days")], heading=_("Comments")),
        FieldPanel("live_blog"),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes: ClassVar = [
            models.Index("published_at", "page_ptr", name="newsroom_newest"),
            models.Index("page_above", "published_at", "page_ptr", name="newsroom_newest_below"),
        ]

    @cached_property
    def section(self) -> SectionPage:
        """The section this article stands in."""
        parent = self.get_parent()
        return parent if isinstance(parent, SectionPage) else parent.specific

    @cached_property
    def byline(self) -> list[AuthorPage]:
        """The authors, in order; it may be empty."""
        return [line.author for line in self.authors.select_related("author")]

    @property
    def names(self) -> str:
        """The names in the byline as they stand now, for the search index."""
        return ", ".join(str(line) for line in self.authors.all())
