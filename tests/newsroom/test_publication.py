"""The publication's logo: set by an editor, printed before a page shows it, and no page fails for it."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Site

from tests import factories
from tests.newsroom.test_admin import staff
from tribuna.newsroom.actions.opening import EDITORS, REPORTERS
from tribuna.newsroom.models import NewsRendition, Publication
from tribuna.newsroom.queries import frame_of
from tribuna.press.base import SITE
from tribuna.press.models import Purge

pytestmark = pytest.mark.django_db


def a_logo():
    return factories.image(file=factories.photograph((300, 900), image_format="PNG"), filename="logo.png")


def frame():
    return frame_of(RequestFactory().get("/", SERVER_NAME="testserver"))


def test_an_editor_sets_the_logo_and_a_reporter_does_not(client, newsroom):
    image = a_logo()
    address = reverse("wagtailsettings:edit", args=["newsroom", "publication", Site.objects.get().pk])
    client.force_login(staff(REPORTERS))
    assert client.post(address, {"logo": image.pk}).status_code == 302
    assert not Publication.objects.filter(logo=image).exists()
    client.force_login(staff(EDITORS))
    assert "logo" in client.get(address).content.decode()
    client.post(address, {"logo": image.pk})
    assert Publication.objects.get().logo == image


def test_a_new_logo_is_printed_and_every_page_forgotten(newsroom, django_capture_on_commit_callbacks):
    image = a_logo()
    Purge.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        publication = Publication.objects.create(site=Site.objects.get(), logo=image)
    assert Purge.objects.get().tags == [SITE]
    sizes = NewsRendition.objects.filter(image=image).values_list("width", "height")
    assert set(sizes) == {(200, 600), (133, 400)}
    with django_capture_on_commit_callbacks(execute=True):
        publication.delete()
    assert Purge.objects.count() == 2


def test_pages_that_show_it_follow_the_picture(newsroom, django_assert_num_queries):
    assert frame().logo is None
    image = a_logo()
    publication = Publication.objects.create(site=Site.objects.get(), logo=image)
    publication.logo_prints()
    logo = frame().logo
    assert (logo.image, logo.large.width, logo.small.height) == (image.pk, 200, 400)
    with django_assert_num_queries(3):  # sites, places, the logo; its prints are in Wagtail's cache
        assert frame().logo == logo


def test_a_site_without_a_logo_has_none_beside_one_that_has(newsroom):
    other = Site.objects.create(hostname="other.example.org", port=80, root_page=newsroom.homes["es"])
    Publication.objects.create(site=other, logo=a_logo())
    assert frame().logo is None


def test_a_logo_whose_file_is_gone_is_none(newsroom, caplog):
    image = a_logo()
    image.file.storage.delete(image.file.name)
    publication = Publication.objects.create(site=Site.objects.get(), logo=image)
    assert publication.logo_prints() is None
    assert frame().logo is None
    assert "could not be printed" in caplog.text


def test_there_may_be_no_logo(newsroom):
    assert Publication.objects.create(site=Site.objects.get()).logo_prints() is None
