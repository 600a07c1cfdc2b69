"""The siege: what keeps machines out, attacked beside what people would pick instead. ``./dev bench siege``.

It attacks only servers that it started itself on loopback, a bounded number of times, and ends by itself.
``figures`` counts and prices, ``venvs`` makes the environments that can't share one, ``outside`` is what runs in them.
``pictures`` measures what recognisers read, ``trained`` what one learns on each generator, ``sounds`` what is
recognised in the sound. ``systems`` knows the forms that are attacked, ``attackers`` and ``people`` use them.
"""
