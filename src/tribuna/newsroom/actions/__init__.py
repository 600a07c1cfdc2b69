"""The verbs."""

from tribuna.newsroom.actions.announcing import announce_page
from tribuna.newsroom.actions.breaking import next_turn_of_breaking_news, turn_breaking_news
from tribuna.newsroom.actions.opening import open_newsroom
from tribuna.newsroom.actions.pictures import describe_image, draw_pictures
from tribuna.newsroom.actions.publishing import date_article, place_article
from tribuna.newsroom.actions.reading import (
    count_readings,
    draw_up_most_read,
    forget_old_readings,
    forget_unwritten_readings,
    write_readings_down,
)

__all__ = [
    "announce_page",
    "count_readings",
    "date_article",
    "describe_image",
    "draw_pictures",
    "draw_up_most_read",
    "forget_old_readings",
    "forget_unwritten_readings",
    "next_turn_of_breaking_news",
    "open_newsroom",
    "place_article",
    "turn_breaking_news",
    "write_readings_down",
]
