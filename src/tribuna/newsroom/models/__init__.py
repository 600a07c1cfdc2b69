"""The nouns: pages, articles and what stands in them, images."""

from tribuna.newsroom.models.articles import ArticleMixin, ArticlePage, CommentsPolicy, LiveBlog
from tribuna.newsroom.models.breaking import BreakingNews
from tribuna.newsroom.models.images import NewsImage, NewsRendition
from tribuna.newsroom.models.inlines import ArticleAuthor, Correction, RelatedStory
from tribuna.newsroom.models.live import LivePost
from tribuna.newsroom.models.pages import (
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    NewsPage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.newsroom.models.publication import Publication
from tribuna.newsroom.models.readings import DailyReading, MostRead

__all__ = [
    "ArticleAuthor",
    "ArticleMixin",
    "ArticlePage",
    "AuthorIndexPage",
    "AuthorPage",
    "BreakingNews",
    "CommentsPolicy",
    "Correction",
    "DailyReading",
    "HomePage",
    "LiveBlog",
    "LivePost",
    "MostRead",
    "NewsImage",
    "NewsPage",
    "NewsRendition",
    "Publication",
    "RelatedStory",
    "SectionPage",
    "TopicIndexPage",
    "TopicPage",
]
