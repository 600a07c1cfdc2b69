"""What is uploaded can be seen or kept, and is never a page of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from tests import factories
from tribuna.people.models import User

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.domain)</script>"


@pytest.fixture
def media(settings):
    return settings.MEDIA_ROOT


def document(name: str, body: bytes = SCRIPT) -> Document:
    return Document.objects.create(title=name, file=ContentFile(body, name))


def test_a_picture_is_shown_but_can_never_act_as_a_page(newsroom, client):
    picture = factories.image().get_rendition("fill-40x20|format-webp")
    response = client.get(picture.url)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert b"".join(response.streaming_content) == Path(picture.file.path).read_bytes()


@pytest.mark.parametrize("name", ["page.html", "code.js", "drawing.svg", "words.txt", "none", "x.PNG.html"])
def test_what_is_no_picture_is_not_there(newsroom, client, media, name):
    (media / "images").mkdir(parents=True, exist_ok=True)
    (media / "images" / name).write_bytes(SCRIPT)
    assert client.get(f"/media/images/{name}", follow=True).status_code == 404


@pytest.mark.parametrize("way", ["documents", "Documents", "/documents", "images/../documents", "./documents"])
def test_documents_are_not_had_past_the_view_that_knows_whom_they_are_for(newsroom, client, media, way):
    folder = media / way.rpartition("/")[2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "secret.png").write_bytes(factories.photograph(image_format="PNG"))
    assert client.get(f"/media/{way}/secret.png").status_code == 404


@pytest.mark.parametrize("path", ["a" * 3000, "a" * 3000 + ".jpg", "a%00.jpg", "../../x.jpg", "", "images", ".jpg"])
def test_an_address_that_can_be_no_file_is_simply_not_there(newsroom, client, path):
    assert client.get(f"/media/{path}", follow=True).status_code == 404


def test_an_address_out_of_the_folder_is_not_there(newsroom, client):
    assert client.get("/media/images/../../secret.jpg").status_code == 404


@pytest.mark.parametrize("name", ["page.html", "code.js", "drawing.svg", "report.pdf", "words.txt"])
def test_a_document_is_kept_and_not_opened(newsroom, client, name):
    response = client.get(document(name).url)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_private_collection_is_closed(newsroom, client, kind):
    report = document("report.pdf")
    report.collection = Collection.get_first_root_node().add_child(name="Desk")
    report.save()
    CollectionViewRestriction.objects.create(collection=report.collection, restriction_type=kind)
    assert client.get(report.url).status_code == 403


@pytest.mark.parametrize(("name", "count"), [("page.html", 0), ("code.js", 0), ("drawing.svg", 0), ("report.pdf", 1)])
def test_only_documents_that_hold_no_script_are_taken(newsroom, client, name, count):
    client.force_login(User.objects.create_superuser("admin@example.org", "a-password-for-tests-only"))
    root = Collection.get_first_root_node()
    sent = {"title": "A file", "file": SimpleUploadedFile(name, SCRIPT), "collection": root.pk, "tags": ""}
    response = client.post(reverse("wagtaildocs:add"), sent)
    assert (response.status_code, Document.objects.count()) == (302 if count else 200, count)
    several = {"title": "A file", "files[]": SimpleUploadedFile(name, SCRIPT), "collection": root.pk}
    assert client.post(reverse("wagtaildocs:add_multiple"), several).json()["success"] is bool(count)
