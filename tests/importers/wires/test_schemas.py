"""Our samples of ninjs are ninjs, of each version that IPTC's schema is at hand for, and are read for what they say."""

from __future__ import annotations

import pytest

from tests.importers.wires import samples
from tests.importers.wires.test_formats import HALF_PAST_NINE, NINE, one
from tests.schemas import json_schema
from tribuna.importers.base import Standing

BEFORE_TERMS = {name: said for name, said in samples.ninjs_1().items() if name != "usageterms"}
LATER = {"firstcreated": "2026-11-02T09:00:00Z", "title": "A title", "infosource": [{"name": "AGY", "rel": "source"}]}
KEYED = {"uri": "urn:agency:1", "altids": {"web": "https://agency.example/1"}, "headline_main": "Ferry returns"}
VERSIONS = {
    "1.0": BEFORE_TERMS,
    "1.1": samples.ninjs_1(),
    "1.2": samples.ninjs_1(**LATER),
    "1.3": samples.ninjs_1(**LATER, **KEYED),
    "2.0": samples.ninjs_2(standard={"name": "ninjs", "version": "2.0"}),
}


def flaws(version, item):
    return [error.message for error in json_schema(f"ninjs-{version}").iter_errors(item)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_is_as_its_schema_has_it(version):
    assert flaws(version, VERSIONS[version]) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "slip", [{"colour": "red"}, {"type": "poem"}, {"versioncreated": "then"}, {"uri": "no address"}, {"uri": None}]
)
def test_the_schemas_are_really_asked(version, slip):
    assert flaws(version, VERSIONS[version] | slip)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_every_version_says_alike(version):
    found = one(samples.as_json(VERSIONS[version]))
    assert (found.title, found.summary, found.byline) == ("Ferry returns", "It is back.", "Harbour desk")
    assert found.html


@pytest.mark.parametrize(
    ("version", "credit", "published_at", "terms"),
    [
        ("1.0", "Agency", HALF_PAST_NINE, "© 2026 Agency"),
        ("1.1", "Agency", HALF_PAST_NINE, "© 2026 Agency · Not for archives"),
        ("1.2", "AGY", NINE, "© 2026 Agency · Not for archives"),
        ("1.3", "AGY", NINE, "© 2026 Agency · Not for archives"),
        ("2.0", "AGY", NINE, ""),
    ],
)
def test_what_versions_say_in_their_own_ways(version, credit, published_at, terms):
    found = one(samples.as_json(VERSIONS[version]))
    assert (found.credit, found.published_at, found.terms) == (credit, published_at, terms)


def test_alternative_ids_are_keyed_in_1_3():
    assert one(samples.as_json(VERSIONS["1.3"])).address == "https://agency.example/1"


@pytest.mark.parametrize("embargo", ["tomorrow", "", None, 7])
def test_an_embargo_that_can_not_be_read_lasts(embargo):
    found = one(samples.as_json(samples.ninjs_1(embargoed=embargo)))
    assert (found.embargo, found.standing) == (None, Standing.WITHHELD)
    canceled = one(samples.as_json(samples.ninjs_1(embargoed=embargo, pubstatus="canceled")))
    assert canceled.standing == Standing.CANCELED
