"""Newsroom: what is published. Home pages, sections, articles, authors, topics, images, corrections, in every language.

Verbs (``actions``): ``open_newsroom`` prepares the first start, ``date_article`` notes when a story first appeared,
``draw_pictures`` prints an image in the sizes readers get. Reads are in ``queries``; a page says what it shows through
the signal ``page_shown``, which ``receivers`` answer with queries. It never knows that readers comment: an article
only says whether they may.
"""
