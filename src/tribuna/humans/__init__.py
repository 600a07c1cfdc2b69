"""Humans: telling people from machines, without a cookie, an account or a third party.

Verbs: ``issue_challenge``, ``open_token``, ``answer_token``, ``decide_step`` (pass, one step, or a moderator),
``spend_proof`` (uses all of a proof up, once), ``burn_token``, ``visit_of`` (what a form may know of a request),
``add_pressure`` and ``pressure_of`` (how much comes from where), ``count_event``; ``issue_work`` (a proof of work) and
``fill_pool`` (makes puzzles beforehand); of passes, which spare a check, ``grant_passes``, ``issue_passes``,
``note_redeemed``, ``note_spam``, ``rotate_keys``. A form takes part by inheriting ``humans.forms.HumanForm`` and
including the template ``humans/_fields.html`` of the theme, or the plain ``humans/check.html`` where the theme is not
there. It never keeps an answer in clear, an address, or anything about a reader; and where it can't tell, it hands the
reader to a person (the outcome is HELD), never to silence.
"""
