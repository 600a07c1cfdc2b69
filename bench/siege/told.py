"""Tribuna's settings for the siege: the picture tells the harness what a person would read in it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from bench.siege.client import key_of
from tribuna.humans.base import Puzzle
from tribuna.humans.challenges.image import ImageChallenge

FILE = "answers.txt"


class ToldImage(ImageChallenge):
    """The picture as it is; its answer also goes to a file in the newsroom's folder."""

    def puzzle(self, language: str) -> Puzzle:
        """Return what the challenge makes, once its answer has been written down."""
        made = super().puzzle(language)
        line = json.dumps([key_of(made.shown["source"]), made.answers[0]])
        with Path(FILE).open("a", encoding="utf-8") as stream:  # the server's working directory is the newsroom
            stream.write(line + "\n")
        return made
