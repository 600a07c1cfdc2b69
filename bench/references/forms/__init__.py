"""A minimal Django form behind each of three packages: lepture's captcha, django-simple-captcha, plain ALTCHA.

``site.py`` runs in an environment that has the package and Django, and nothing of Tribuna's (bench/siege/venvs.py).
"""
