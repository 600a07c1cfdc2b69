"""A newsroom's past: archives of other systems become articles, comments and redirects of this one.

Sources (``sources/``, plugged) turn a file or a database into a stream of plain records (``base``) and know nothing of
our tables; one writer (``actions``) stores them in bulk. What was stored is written down beside the key it had in its
source, so a run goes on where another was cut off, and a second one changes nothing. What could not come is kept as it
was, and told in a report. It never deletes, and never overwrites what an editor has changed since.

Its present too: wires (``models.wires``) are asked every so many minutes (``actions.wires``), and their items, in the
formats of agencies and feeds (``sources.wires``), become drafts. Nothing of theirs is published here.
"""
