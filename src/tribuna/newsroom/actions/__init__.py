"""The verbs."""

from tribuna.newsroom.actions.opening import open_newsroom
from tribuna.newsroom.actions.pictures import describe_image, draw_pictures
from tribuna.newsroom.actions.publishing import date_article

__all__ = ["date_article", "describe_image", "draw_pictures", "open_newsroom"]
