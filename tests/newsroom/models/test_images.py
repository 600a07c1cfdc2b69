from __future__ import annotations

from tests import factories
from tribuna.newsroom.models.images import SHAPES, picture_specs


def test_a_shape_is_printed_in_two_sizes_and_three_formats():
    assert picture_specs("card") == [
        "fill-400x225|format-avif",
        "fill-400x225|format-webp",
        "fill-400x225|format-jpeg",
        "fill-800x450|format-avif",
        "fill-800x450|format-webp",
        "fill-800x450|format-jpeg",
    ]
    assert all(len(picture_specs(shape)) == 6 for shape in SHAPES)


def test_a_picture_without_alt_text_is_never_announced_by_its_file_name(db):
    assert factories.image(title="DSC_0042.jpg", description="").default_alt_text == ""


def test_a_picture_is_cut_around_what_matters(db):
    image = factories.image(file=factories.photograph((400, 400)))
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 50, 50, 10, 10
    assert image.get_rendition("fill-40x20").focal_point_key != ""
    assert image.get_rendition("fill-40x20").width == 40
