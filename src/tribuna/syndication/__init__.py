"""Syndication: how stories are found by machines. Feeds, sitemaps, Markdown twins, oEmbed, and the terms for crawlers.

Reads (``queries``) gather what a document says, ``writers`` put it into a format, ``views`` answer, and the press keeps
what they answered until a story in it changes. Verbs (``actions``): ``tell_others`` lets hubs and search engines know,
through the task worker, that a story came or went; nobody is told unless an operator names them. It never shows
anything to readers: what stands in the head of a page is the theme's.
"""
