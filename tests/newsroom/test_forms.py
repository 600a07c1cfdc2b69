from __future__ import annotations

from tribuna.newsroom.forms import PictureField


def test_where_no_picture_is_asked_for_none_is_missed():
    assert PictureField(required=False).clean(None) is None
