"""What an attacker sees in a page, and what a forger makes of a proof."""

from __future__ import annotations

import base64
import json
from random import Random

import pytest

from bench.siege.client import Client, form_in, key_of
from bench.siege.forgeries import forged
from bench.siege.pictures import answer_of, right

PAGE = """<form action="/search"><input type="search" name="q"></form>
<form method=post><input type=hidden name=csrf value=abc><textarea name="text"></textarea>
<img src="data:image/png;base64,AAAA"><input name="captcha_0" value="k&amp;1"><input type="submit" name="go"></form>"""


def test_the_form_of_a_page_is_found_with_its_values_and_its_picture():
    form = form_in(Client("http://127.0.0.1:1"), PAGE)
    assert form.fields == {"csrf": "abc", "text": "", "captcha_0": "k&1"}
    assert form.picture == "data:image/png;base64,AAAA"


def test_a_picture_is_known_by_its_source():
    assert key_of("a") == key_of("a") != key_of("b")


def test_a_reading_is_right_whatever_its_case():
    assert answer_of("00012-AbCd.png") == "ABCD"
    assert right({"1-AB.png": "ab", "2-CD.png": "CX"}).rate == 0.5


def test_two_proofs_that_begin_alike_are_not_spliced_into_one_of_them():
    one, two = "ab" + "1" * 20, "ab" + "2" * 20
    proofs = [proof for _name, proof in forged("ours", one, two, Random(1))]
    assert not {one, two} & set(proofs)
    assert "ab" + "1" * 2 + "2" * 18 in proofs


@pytest.mark.parametrize("kind", ["ours", "simple", "lepture"])
def test_no_forgery_is_the_proof_itself(kind):
    made = [proof for _name, proof in forged(kind, "abc.def:sig1", "ghi.jkl:sig2", Random(1))]
    assert len(made) > 80
    assert "abc.def:sig1" not in made


def test_forged_proofs_of_work_change_one_thing_each():
    def proof(signature: str, counter: int = 3) -> str:
        said = {
            "challenge": {"parameters": {"cost": 5000, "salt": "aa"}, "signature": signature},
            "solution": {"counter": counter},
        }
        return base64.b64encode(json.dumps(said).encode()).decode()

    made = dict(forged("altcha", proof("s1"), proof("s2", 9), Random(1)))
    assert json.loads(base64.b64decode(made["cost lowered"]))["challenge"]["parameters"]["cost"] == 1
    assert json.loads(base64.b64decode(made["another's signature"]))["challenge"]["signature"] == "s2"
    assert json.loads(base64.b64decode(made["another key"]))["solution"]["derivedKey"] == "00" * 32
