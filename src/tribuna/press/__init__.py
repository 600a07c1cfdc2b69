"""Press: a page is printed once per change and served as bytes, never stale.

Verbs (``actions``): ``shows`` and ``lasts_until`` are said while a page is being printed, ``changed`` by whoever
changes something that readers see; ``forget_pages`` and ``follow_log`` carry that out on this node. ``front`` is the
WSGI application before Django: it answers from the store (``stores``, a plug) and prints what is missing, one at a
time.

What ties a page to its reasons is a *tag*, such as ``page:12``. It never stores what depends on who asks, and never
serves what was changed.
"""
