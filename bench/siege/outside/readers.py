"""Reads a folder of pictures with the strong recognisers that anybody can install, each behind several preparations.

Runs in an environment of its own (requirements/readers.txt): ``python readers.py FOLDER ALPHABET LENGTHS``. Prints one
JSON object: solver -> {"texts": {file: text}, "cpu_seconds": for each picture}. Nothing here has seen our generator.
The decoding knows what every visitor knows: the alphabet. Only its characters can be read.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import ddddocr
import numpy as np
import onnxruntime
import rapidocr
from ddddocr.models.charset_manager import CharsetManager

type Picture = np.ndarray[Any, Any]


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return options


def _grey(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture


def _half(picture: Picture) -> Picture:
    return cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _black(picture: Picture) -> Picture:
    return cv2.threshold(_grey(picture), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]


def _kernel(picture: Picture) -> Picture:
    size = max(2, round(picture.shape[0] / 40))
    return np.ones((size, size), np.uint8)


def _thinner(picture: Picture) -> Picture:
    black = _black(picture)
    return cv2.dilate(black, _kernel(black))


def _thicker(picture: Picture) -> Picture:
    black = _black(picture)
    return cv2.erode(black, _kernel(black))


def _cropped(picture: Picture) -> Picture:
    """Cut to the ink with a small margin."""
    ink = np.argwhere(_black(picture) < 128)
    if not len(ink):
        return picture
    (top, left), (bottom, right) = ink.min(0), ink.max(0)
    edge = max(2, picture.shape[0] // 20)
    cut = picture[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge]
    return cut if cut.size else picture


def _filled(picture: Picture) -> Picture:
    """Fill what is only outlined: everything that can't be reached from the edge becomes ink."""
    black = _black(picture)
    outside = cv2.copyMakeBorder(black, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    cv2.floodFill(outside, None, (0, 0), 128)
    return np.where(outside[1:-1, 1:-1] == 128, 255, 0).astype(np.uint8)


def _unbent(picture: Picture) -> Picture:
    """Straighten a line that was set along a curve: move each column so that the ink's smoothed middle is level."""
    black = _black(picture)
    ink = (255 - black).astype(np.float32)
    height, width = ink.shape
    window = max(3, width // 5 | 1)
    rows = np.arange(height, dtype=np.float32)[:, None]
    mass = cv2.GaussianBlur(ink.sum(0)[None], (window, 1), 0)[0] + 1
    middle = cv2.GaussianBlur((ink * rows).sum(0)[None], (window, 1), 0)[0] / mass
    across = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    moved = rows + (middle - height / 2)[None]
    level = cv2.remap(black, across, moved.astype(np.float32), cv2.INTER_LINEAR, borderValue=255)
    return _cropped(level)


def _blurred(picture: Picture) -> Picture:
    size = max(3, round(picture.shape[0] / 16) | 1)
    return cv2.GaussianBlur(_grey(picture), (size, size), 0)


PREPARATIONS: dict[str, Callable[[Picture], Picture]] = {
    "as it is": lambda picture: picture,
    "grey, half": lambda picture: _half(_grey(picture)),
    "threshold": _black,
    "thinner": _thinner,
    "thicker": _thicker,
    "cropped": _cropped,
    "filled": _filled,
    "unbent": _unbent,
    "blurred": _blurred,
    "doubled": lambda picture: cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC),
}


class Sequence:
    """A recogniser that gives probabilities of each character at each step, decoded by CTC over ALPHABET only."""

    def __init__(
        self, session: Any, characters: list[str], alphabet: str, prepare: Callable[[Picture], Picture]
    ) -> None:
        self.session, self.prepare = session, prepare
        self.input = session.get_inputs()[0].name
        wanted = {c: [i for i, known in enumerate(characters) if known in {c, c.lower()}] for c in alphabet}
        self.columns = {c: found for c, found in wanted.items() if found}

    def __call__(self, picture: Picture) -> str:
        """Return the likeliest reading of *picture*."""
        return "".join(character for character, _across in self.placed(picture))

    def placed(self, picture: Picture) -> list[tuple[str, float]]:
        """Return each character that is read, with how far across it stands (0 left, 1 right)."""
        steps = np.squeeze(self.session.run(None, {self.input: self.prepare(picture)})[0])
        if abs(steps.sum(axis=-1).mean() - 1) > 0.01:
            steps = np.exp(steps - steps.max(-1, keepdims=True))
        scores = np.stack([steps[:, 0], *(steps[:, columns].max(1) for columns in self.columns.values())], axis=1)
        found, last = list[tuple[str, float]](), 0
        for step, best in enumerate(scores.argmax(1)):
            if best and best != last:
                found.append((list(self.columns)[best - 1], step / len(scores)))
            last = best
        return found


def _parts(picture: Picture) -> tuple[Picture, Picture]:
    """Cut *picture* where the least ink is crossed, somewhere in its middle third: an upper row and a lower one."""
    black = _black(_cropped(picture))
    third = black.shape[0] // 3
    at = third + int((255 - black[third : 2 * third].astype(int)).sum(1).argmin())
    return black[:at], black[at:]


def _row_by_row(read: Sequence, picture: Picture) -> str:
    """Two rows, one after the other."""
    return "".join(character for part in _parts(picture) for character, _across in read.placed(part))


def _interleaved(read: Sequence, picture: Picture) -> str:
    """Two rows whose characters are taken from left to right."""
    found = [each for part in _parts(picture) for each in read.placed(part)]
    return "".join(character for character, _across in sorted(found, key=lambda each: each[1]))


def _eroded_pieces(read: Sequence, picture: Picture) -> str:
    """As piece by piece, after the thin bridges between touching characters were worn away."""
    black = _black(picture)
    size = max(2, round(black.shape[0] / 26))
    return _piece_by_piece(read, cv2.dilate(black, np.ones((size, size), np.uint8)))


def _piece_by_piece(read: Sequence, picture: Picture) -> str:
    """Each connected piece of ink by itself, from left to right; small ones are dirt."""
    black = _black(picture)
    _count, _labels, boxes, middles = cv2.connectedComponentsWithStats(255 - black)
    text = ""
    for (left, top, width, height, area), _middle in sorted(
        zip(boxes[1:], middles[1:], strict=True), key=lambda each: float(each[1][0])
    ):
        if area > black.size / 400 and height > black.shape[0] / 8:
            edge = max(3, black.shape[0] // 12)
            piece = black[top : top + height, left : left + width]
            text += read(cv2.copyMakeBorder(piece, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=255))
    return text


CUTS = {
    "two rows": _row_by_row,
    "two rows, interleaved": _interleaved,
    "piece by piece": _piece_by_piece,
    "eroded, piece by piece": _eroded_pieces,
}


def _for_paddle(picture: Picture) -> Picture:
    colour = picture if picture.ndim == 3 else cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    width = max(1, round(48 * colour.shape[1] / colour.shape[0]))
    scaled = (cv2.resize(colour, (width, 48)).astype(np.float32) / 255 - 0.5) / 0.5
    return np.pad(scaled, ((0, 0), (0, max(0, 320 - width)), (0, 0))).transpose(2, 0, 1)[None]


def _for_dddd(picture: Picture) -> Picture:
    grey = _grey(picture)
    width = max(1, round(64 * grey.shape[1] / grey.shape[0]))
    return (cv2.resize(grey, (width, 64), interpolation=cv2.INTER_AREA).astype(np.float32) / 255)[None, None]


def solvers(alphabet: str) -> dict[str, Sequence]:
    """Return the recognisers by name."""
    models = Path(rapidocr.__file__).parent / "models"
    found: dict[str, Sequence] = {}
    for file in sorted(models.glob("*_rec_*.onnx")):
        session = onnxruntime.InferenceSession(str(file), _options(), providers=["CPUExecutionProvider"])
        characters = ["", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
        found[file.stem.replace("_rec_", " ")] = Sequence(session, characters, alphabet, _for_paddle)
    for name, is_beta in (("ddddocr", False), ("ddddocr beta", True)):
        characters = CharsetManager()
        characters.load_default_charset(old=False, beta=is_beta)
        path = Path(ddddocr.__file__).parent / ("common.onnx" if is_beta else "common_old.onnx")
        session = onnxruntime.InferenceSession(str(path), _options(), providers=["CPUExecutionProvider"])
        found[name] = Sequence(session, list(characters.get_charset()), alphabet, _for_dddd)
    return found


def ways(read: Sequence) -> dict[str, Callable[[Picture], str]]:
    """Return everything that can be done with one recogniser, by name."""
    return {name: lambda picture, prepare=prepare: read(prepare(picture)) for name, prepare in PREPARATIONS.items()} | {
        name: lambda picture, cut=cut: cut(read, picture) for name, cut in CUTS.items()
    }


def main(folder: str, alphabet: str, only: str = "") -> None:
    """Read every PNG of *folder* with every solver in every way, or in those that *only* names (``a|b``)."""
    cv2.setNumThreads(1)
    files = sorted(Path(folder).glob("*.png"))
    pictures = {file.name: cv2.imread(str(file), cv2.IMREAD_COLOR) for file in files}
    said: dict[str, Any] = {}
    for solver, read in solvers(alphabet).items():
        for way, work in ways(read).items():
            if only and not {way, f"{solver}, {way}"} & set(only.split("|")):
                continue
            began = time.process_time()
            texts = {name: work(picture) for name, picture in pictures.items()}
            spent = (time.process_time() - began) / max(1, len(pictures))
            said[f"{solver}, {way}"] = {"texts": texts, "cpu_seconds": spent}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
