"""What tests of sources begin with."""

from __future__ import annotations

import pytest

from tests.importers.samples import drupal


@pytest.fixture
def site(tmp_path):
    return drupal(tmp_path)
