"""Theme: everything a reader sees. Templates, one stylesheet, one small script, and the tags that templates ask with.

It reads (``newsroom.queries``, ``comments.queries``) and never acts. The chrome of a page, its dates and its labels are
in the interface language, the one in the address; a story stands in an element with its own ``lang`` and ``dir``. No
script and no style in a template, no address of another host anywhere, and everything works without the script.
"""
