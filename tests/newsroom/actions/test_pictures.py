from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from tests import factories
from tests.newsroom.iptc import iptc_photograph
from tribuna.newsroom.actions import describe_image, draw_pictures

BYLINE, CREDIT, CAPTION = (2, 80), (2, 110), (2, 120)
ARTIST, DESCRIPTION = 0x013B, 0x010E
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def exif(**facts) -> Image.Exif:
    found = Image.Exif()
    found.update({{"artist": ARTIST, "description": DESCRIPTION}[name]: value for name, value in facts.items()})
    return found


def test_credit_and_caption_are_read_from_iptc(db):
    file = iptc_photograph([(BYLINE, b"Ana Ruiz"), (CREDIT, b"Agencia Puerto"), (CAPTION, b"The ferry.")])
    image = factories.image(file=file)
    image.refresh_from_db()
    assert (image.credit, image.caption) == ("Ana Ruiz / Agencia Puerto", "The ferry.")


def test_several_photographers_are_all_named_and_an_agency_only_once(db):
    file = iptc_photograph([(BYLINE, b"Ana Ruiz"), (BYLINE, b"Leo Brandt"), (CREDIT, b"Leo Brandt")])
    assert factories.image(file=file).credit == "Ana Ruiz, Leo Brandt"


@pytest.mark.parametrize(
    ("marker", "raw"),
    [
        (b"\x1b%G", "Señal a las 5 €".encode()),
        (None, "Señal a las 5 €".encode()),
    ],
)
def test_iptc_in_utf_8_is_read_with_its_marker_and_without(db, marker, raw):
    assert factories.image(file=iptc_photograph([(CAPTION, raw)], marker=marker)).caption == "Señal a las 5 €"


def test_iptc_without_a_marker_that_is_not_utf_8_is_latin_1(db):
    assert factories.image(file=iptc_photograph([(CAPTION, "Señal".encode("latin-1"))])).caption == "Señal"


def test_iptc_that_lies_about_being_utf_8_is_read_as_far_as_it_goes(db):
    image = factories.image(file=iptc_photograph([(CAPTION, "Señal".encode("latin-1"))], marker=b"\x1b%G"))
    assert image.caption == "Se�al"


def test_exif_helps_where_there_is_no_iptc(db):
    file = factories.photograph(exif=exif(artist="Ana Ruiz", description="The ferry."))
    image = factories.image(file=file)
    assert (image.credit, image.caption) == ("Ana Ruiz", "The ferry.")


def test_exif_that_is_no_text_is_left_alone(db):
    artist_as_number = bytes.fromhex("4d4d002a00000008 0001 013b 0003 00000001 00070000 00000000")  # TIFF 6.0, a SHORT
    assert factories.image(file=factories.photograph(exif=b"Exif\0\0" + artist_as_number)).credit == ""


def test_what_was_typed_is_kept(db):
    file = iptc_photograph([(BYLINE, b"Ana Ruiz"), (CAPTION, b"The ferry.")])
    image = factories.image(file=file, credit="Harbour office", caption="A boat.")
    assert (image.credit, image.caption) == ("Harbour office", "A boat.")


def test_what_is_read_is_clean_and_fits(db):
    file = iptc_photograph([(BYLINE, b"A\0na\r\n Ruiz" * 60), (CAPTION, b"The\0 ferry.\r\nAt noon.")])
    image = factories.image(file=file)
    assert len(image.credit) == 255
    assert image.credit.startswith("Ana Ruiz")
    assert image.caption == "The ferry.\nAt noon."


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "file",
    [
        factories.photograph(image_format="PNG"),
        iptc_photograph([], rubbish=b"\x1c\x02\x78\xff\xff" * 3),
        factories.photograph(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x0e"),
    ],
    ids=["none", "broken iptc", "broken exif"],
)
def test_a_picture_without_readable_metadata_is_stored_all_the_same(db, file):
    image = factories.image(file=file)
    assert (image.credit, image.caption, image.width) == ("", "", 64)


def test_a_file_that_pillow_does_not_know_says_nothing(db):
    image = factories.image()
    image.file = SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    describe_image(image)
    assert (image.credit, image.caption) == ("", "")


def test_a_picture_that_is_saved_again_is_not_read_again(db):
    image = factories.image(file=iptc_photograph([(BYLINE, b"Ana Ruiz")]))
    image.credit = ""
    image.save()
    assert image.credit == ""


def test_publication_prints_the_pictures_of_a_story(newsroom, django_capture_on_commit_callbacks):
    main, single, left, right = (factories.image() for _ in range(4))
    story = factories.article(
        live=False,
        main_image=main,
        body=[
            ("paragraph", "<p>Read on.</p>"),
            ("image", {"image": single}),
            ("gallery", [{"image": left}, {"image": right}]),
        ],
    )
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert {rendition.filter_spec.partition("|")[0] for rendition in main.renditions.all()} == {
        "fill-400x225",
        "fill-800x450",
        "fill-640x360",
        "fill-1280x720",
        "width-640",
        "width-1280",
    }
    for image in (main, single, left, right):
        assert {rendition.file.name.rpartition(".")[2] for rendition in image.renditions.all()} == {
            "avif",
            "webp",
            "jpg",
        }


def test_the_pictures_of_a_story_that_waits_are_printed_when_it_goes_live(newsroom, django_capture_on_commit_callbacks):
    image = factories.image()
    story = factories.article(live=False, main_image=image, go_live_at=NOON + timedelta(hours=1))
    with time_machine.travel(NOON, tick=False), django_capture_on_commit_callbacks(execute=True):
        story.save_revision().publish()
    assert not image.renditions.exists()
    with (
        time_machine.travel(NOON + timedelta(hours=2), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        call_command("publish_scheduled")
    assert image.renditions.exists()


def test_a_picture_whose_file_is_gone_spoils_no_publication(newsroom, caplog):
    image = factories.image()
    image.file.delete(save=False)
    image.file.name = "original_images/gone.jpg"
    draw_pictures(factories.article(main_image=image))
    assert "could not be printed" in caplog.text


def test_a_picture_that_was_deleted_from_the_library_is_passed_over(newsroom):
    image = factories.image()
    story = factories.article(body=[("image", {"image": image})])
    image.delete()
    story.refresh_from_db()
    draw_pictures(story)
    assert story.body[0].value["image"] is None
