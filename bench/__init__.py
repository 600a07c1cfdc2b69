"""Benchmarks: ``./dev bench NAME``. Each is one module here with a ``main``; ``press`` is about pages.

``harness`` holds what every benchmark says and how (goals, rows, the JSON, the table), ``machine`` where it was said,
``processes`` and ``load`` start servers and load them. ``newsrooms`` makes the newsrooms that are measured, ``inside``
is what runs within one of them, ``cloning`` fills it in bulk with ``prose``, ``unstored`` are the settings of one
whose store keeps nothing (``forgetful``), ``timed`` of one that takes down when a comment is committed (``timing``).
``readers`` and ``writers`` are clients that look at what comes back. ``webserver`` is nginx, and ``references`` are
the others that we compare ourselves with. What each row means stands in docs/reference/performance.md.
"""
