"""The demo: an invented seaside town's paper, in two languages, with its pictures, its readers and its staff.

``seed.seed_demo`` fills an empty newsroom through the rooms' own verbs. Words are data (``newsroom.toml``,
``pictures.toml``, ``stories/``, ``comments/``), pictures are code (``drawings/``). Nobody in it exists.
"""
