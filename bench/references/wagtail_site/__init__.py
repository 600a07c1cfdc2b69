"""The reference for a cold render: a small news site as somebody builds it who follows Wagtail's tutorial.

It is laid out as ``wagtail start mysite`` lays it out: ``mysite`` holds settings, addresses and the base template (all
three taken over from Wagtail's project template, with its default middleware and context processors, its user bar, and
SQLite), ``news`` holds the models: a home page, sections in the menu, articles with a main image and a StreamField of
eight paragraphs, and comments as a plain Django model (name, text, date, parent). The article's template shows the
menu of sections through ``get_children``, the image through ``{% image %}``, the body through ``{% include_block %}``,
and 50 comments through the ORM, with ``linebreaks``, a date, and the name of whom each answers. Nothing is cached,
pages are found by Wagtail's own routing, and granian serves it as it serves Tribuna: WSGI, one worker, as many threads.

What it does not have and Tribuna does: two languages, bylines, topics, related stories with pictures, images in several
sizes and formats, corrections, breadcrumbs, search, a content security policy, states and levels of comments, a form
with a human check behind a button. So it has less to do for a page.

One thing is in its favour and not in the template: the database connection is kept between requests (CONN_MAX_AGE),
where Wagtail's template leaves Django's default of opening a new one for each.
"""
