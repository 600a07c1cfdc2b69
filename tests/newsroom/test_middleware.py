from __future__ import annotations

from wagtail.models import Page, Site

from tests import factories


def test_a_page_that_the_lookup_does_not_know_is_left_to_wagtail(newsroom, client):
    home = newsroom.homes["en"]
    home.add_child(instance=Page(title="Plain", locale=home.locale))
    response = client.get("/en/nothing/")
    assert response.status_code == 404


def test_a_language_without_a_front_page_is_left_to_wagtail(newsroom, client):
    newsroom.homes["es"].delete()
    assert client.get("/es/ciudad/").status_code == 404


def test_no_site_means_no_page(newsroom, client):
    Site.objects.all().delete()
    assert client.get("/en/city/").status_code == 404


def test_each_host_has_its_own_tree(newsroom, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "harbour.example"]
    other = (
        newsroom.homes["en"]
        .get_parent()
        .add_child(instance=factories.HomePage(title="Harbour", slug="harbour", locale=newsroom.homes["en"].locale))
    )
    Site.objects.create(hostname="harbour.example", root_page=other)
    assert client.get("/en/city/").status_code == 200
    assert client.get("/en/city/", headers={"host": "harbour.example"}).status_code == 404
    assert client.get("/en/", headers={"host": "harbour.example"}).context["page"] == other
