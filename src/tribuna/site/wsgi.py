"""The WSGI application that the server's workers load: the press in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")

_django = get_wsgi_application()

from tribuna.press.front import Front  # noqa: E402 - only now are the settings read

application = Front(_django)
