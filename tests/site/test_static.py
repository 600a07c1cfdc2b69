import os
from pathlib import Path

import pytest

from tribuna.site.static import STAMP, collect_static


@pytest.fixture
def folders(settings, tmp_path):
    """The folder that static files come from, and the one they are collected in."""
    source, target = tmp_path / "source", tmp_path / "collected"
    source.mkdir()
    (source / "paper.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], target
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    from django.contrib.staticfiles.finders import get_finder

    get_finder.cache_clear()
    yield source, target
    get_finder.cache_clear()


def test_they_are_collected_once(folders):
    _source, target = folders
    collect_static()
    (target / "paper.css").write_text("as it was left")
    collect_static()
    assert (target / "paper.css").read_text() == "as it was left"


@pytest.mark.parametrize("change", ["another", "changed", "lost"])
def test_they_are_collected_again_when_something_is_new(folders, change):
    source, target = folders
    collect_static()
    if change == "another":
        (source / "more.css").touch()
    elif change == "changed":
        (source / "paper.css").write_text("body { color: navy }")
        os.utime(source / "paper.css", ns=(2**62, 2**62))
    else:
        (target / STAMP).unlink()
    collect_static()
    assert {path.name for path in source.iterdir()} <= {path.name for path in target.iterdir()}
    assert (target / "paper.css").read_text() == Path(source / "paper.css").read_text()
