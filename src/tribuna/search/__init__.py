"""Search: what readers find stories by.

Every story that all readers may see has an ``Entry``, written in the transaction of whatever changed the story. Its
words stand beside it as stems without accents, in FTS5 on SQLite and as a ``tsvector`` on PostgreSQL (``stores/``);
they are made by the same functions as those of a question (``base/words.py``), so what is
typed with a wrong accent or in the plural is found, and there is no syntax in which a question could be wrong.
"""
