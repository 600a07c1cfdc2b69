"""Fits the prior again and stores it in the package. The same grammars give the same weights."""

from __future__ import annotations

import sys

from tools.prior.made import made
from tribuna.learning.features import examine
from tribuna.learning.fitting import fit_weights
from tribuna.learning.layers import pack
from tribuna.learning.prior import PRIOR

COUNT = 20_000


def main() -> int:
    """Make the texts, fit, store, and say how large it is."""
    texts = made(COUNT)
    weights = fit_weights([examine(text) for text, _label in texts], [label for _text, label in texts])
    PRIOR.write_bytes(pack(weights, texts=COUNT))
    print(f"{PRIOR.name}: {PRIOR.stat().st_size:,} bytes out of {COUNT:,} made-up comments")
    return 0


if __name__ == "__main__":
    sys.exit(main())
