"""The nouns: pages, articles and what stands in them, images."""

from tribuna.newsroom.models.articles import ArticleMixin, ArticlePage, CommentsPolicy
from tribuna.newsroom.models.images import NewsImage, NewsRendition
from tribuna.newsroom.models.inlines import ArticleAuthor, Correction, RelatedStory
from tribuna.newsroom.models.pages import (
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    NewsPage,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)

__all__ = [
    "ArticleAuthor",
    "ArticleMixin",
    "ArticlePage",
    "AuthorIndexPage",
    "AuthorPage",
    "CommentsPolicy",
    "Correction",
    "HomePage",
    "NewsImage",
    "NewsPage",
    "NewsRendition",
    "RelatedStory",
    "SectionPage",
    "TopicIndexPage",
    "TopicPage",
]
