"""The verbs."""

from tribuna.newsroom.actions.announcing import announce_page
from tribuna.newsroom.actions.opening import open_newsroom
from tribuna.newsroom.actions.pictures import describe_image, draw_pictures
from tribuna.newsroom.actions.publishing import date_article, place_article

__all__ = ["announce_page", "date_article", "describe_image", "draw_pictures", "open_newsroom", "place_article"]
