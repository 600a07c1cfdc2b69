"""What news agencies and feeds send: RSS and Atom, NewsML-G2, NITF and ninjs. Bytes go in, plain records come out."""

from tribuna.importers.sources.wires.reading import FORMATS, dispatches_in

__all__ = ["FORMATS", "dispatches_in"]
