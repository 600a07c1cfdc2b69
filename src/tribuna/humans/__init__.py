"""Humans: telling people from machines, without a cookie, an account or a third party.

Verbs: ``issue_challenge``, ``open_token``, ``answer_token``, ``spend_proof`` (uses an answer up, once), ``burn_token``,
``forget_expired_nonces``, ``issue_work`` (a proof of work), ``fill_pool`` (makes puzzles beforehand). A form takes part
by inheriting ``humans.forms.HumanForm`` and including the template ``humans/_fields.html``. It never keeps the answer
of what it has shown, an address, or anything about a reader; and where it can't tell, it hands the reader to a person
(the outcome is HELD), never to silence.
"""
