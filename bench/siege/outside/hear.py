"""Listens to a folder of sounds of COUNT English digits each with pocketsphinx, told exactly that by a grammar.

``python hear.py FOLDER COUNT`` (requirements/speech.txt). Prints {file: digits} and the CPU seconds for each.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import miniaudio
from pocketsphinx import Decoder

WORDS = {"zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
         "seven": "7", "eight": "8", "nine": "9"}  # fmt: skip


def main(folder: str, count: int) -> None:
    """Listen to every file."""
    digits = " ".join(["<digit>"] * count)
    rules = f"#JSGF V1.0;\ngrammar digits;\n<digit> = {' | '.join(WORDS)};\npublic <said> = {digits};\n"
    with tempfile.NamedTemporaryFile("w", suffix=".gram") as grammar:
        grammar.write(rules)
        grammar.flush()
        decoder = Decoder(jsgf=grammar.name, samprate=16_000, loglevel="FATAL")
    heard, began = {}, time.process_time()
    for file in sorted(Path(folder).glob("*.[mw][pa][3v]")):
        sound = miniaudio.decode(file.read_bytes(), nchannels=1, sample_rate=16_000)
        decoder.start_utt()
        decoder.process_raw(sound.samples.tobytes(), no_search=False, full_utt=True)
        decoder.end_utt()
        said = decoder.hyp()
        heard[file.name] = "".join(WORDS.get(word, "") for word in said.hypstr.split()) if said else ""
    print(json.dumps([heard, (time.process_time() - began) / max(1, len(heard))]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
