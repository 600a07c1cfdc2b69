"""``python -m bench.siege.inside SECONDS PATH``, in a newsroom: make a form's token as it was SECONDS ago.

Prints the token and the answer of its picture. A negative number makes one that has long expired.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from unittest import mock


def main(seconds: float, path: str) -> None:
    """Issue a challenge for the form at *path* with the clock moved back."""
    import django
    from django.conf import settings

    django.setup()
    settings.TRIBUNA_POOL_FOLDER = Path(os.devnull)  # what is prepared already has another answer
    from tribuna.humans.actions import issue_challenge
    from tribuna.humans.challenges import image

    language, page = re.findall(r"/(\w+)/articles/(\d+)/", path)[0]
    text, then = image.random_text(), time.time() - abs(seconds)
    with mock.patch.object(image, "random_text", return_value=text), mock.patch("time.time", return_value=then):
        issued = issue_challenge(f"comment:{page}", language=language)
    print(issued.token, text)


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
