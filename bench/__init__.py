"""Benchmarks: ``./dev bench NAME``. Each is one module here with a ``main``.

``press`` is about pages, ``comments`` about threads, ``desk`` about the moderators' queue, ``spam`` about the learned
filter, ``search`` about finding stories (``searched`` are those that are meant), ``import`` about archives (``drupal``
makes one), ``siege`` about people and machines.

``harness`` holds what every benchmark says and how (goals, rows, the JSON, the table), ``machine`` where it was said,
``processes`` and ``load`` start servers and load them. ``newsrooms`` makes the newsrooms that are measured, ``inside``
is what runs within one of them, ``cloning`` fills it in bulk with ``prose``, ``unstored`` are the settings of one
whose store keeps no page and ``unremembered`` of one that keeps no part of one either (``forgetful``), ``timed`` of one
that takes down when a comment is committed (``timing``), ``unlimited`` of one whose limits no load generator reaches,
all of them ``calm``.
``readers`` and ``writers`` are clients that look at what comes back. ``webserver`` is nginx, and ``references`` are the
others that we compare ourselves with. What each row means stands in docs/reference/performance.md.
"""
