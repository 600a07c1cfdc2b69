"""Every setting of the site, once, with its default. The operator's part comes from ``env``."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from tribuna import __path__ as _package_path
from tribuna.site import env
from tribuna.site.comment_settings import *  # noqa: F403
from tribuna.site.human_settings import *  # noqa: F403
from tribuna.site.logs import logging_settings
from tribuna.site.syndication_settings import *  # noqa: F403

# --- what the operator says -------------------------------------------------------------------------------------------
DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured(
        "TRIBUNA_SECRET_KEY is missing or shorter than 32 characters, and nothing is signed with a guessable key. "
        "Make one with 'tribuna secret' and put it into tribuna.env as TRIBUNA_SECRET_KEY=..., "
        "or let 'tribuna start NAME' make a newsroom that has one."
    )
TIME_ZONE = env.TIME_ZONE
WAGTAIL_SITE_NAME = env.SITE_NAME
WAGTAILADMIN_BASE_URL = env.ADDRESS
ALLOWED_HOSTS = [*map(env.in_brackets, [urlsplit(env.ADDRESS).hostname or "", *env.HOSTS]), "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [env.ADDRESS]
DATABASES = {"default": dj_database_url.parse(env.DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.MAIL_FROM
MAILERS = {"default": env.mailer(env.MAIL_URL)}
TRIBUNA_TRUSTED_PROXIES = [ipaddress.ip_network(network) for network in env.TRUSTED_PROXIES]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A comment that was acknowledged survives a power cut: WAL with synchronous=FULL. Writers queue instead of failing.
    # The log may grow to 4,000 pages, 16 MB, before they are put into the file: most are written more than once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
        "PRAGMA wal_autocheckpoint=4000;",
    }
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A server that is gone is an error within seconds, and not a thread that hangs. Compiling our queries to machine
    # code, which it does by default where it expects many rows, takes it seconds for what takes it milliseconds.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 10_000,  # milliseconds
        "keepalives_idle": 10,
        "options": "-c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }
    DATABASES["default"]["PREPARED"] = env.DATABASE_PREPARED  # type: ignore[typeddict-unknown-key]  # read by core.prepared

_SECURE = env.ADDRESS.startswith("https://")

# --- Django -----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "tribuna.theme",
    "tribuna.importers",
    "tribuna.moderation",
    "tribuna.syndication",
    "tribuna.comments",
    "tribuna.newsroom",
    "tribuna.search",  # after the newsroom, whose answers to the same signals it reads
    "tribuna.humans",
    "tribuna.people",
    "tribuna.press",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "tribuna.people.apps.AccountsConfig",  # Wagtail's users, by e-mail address
    "wagtail.sites",
    "wagtail.locales",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.append("django.contrib.postgres")  # for Wagtail's search

MIDDLEWARE = [
    "tribuna.site.proxies.believe_trusted_proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tribuna.syndication.middleware.OneLanguage",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tribuna.importers.middleware.OldAddresses",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "tribuna.newsroom.middleware.PageLookup",
]

ROOT_URLCONF = "tribuna.site.urls"
WSGI_APPLICATION = "tribuna.site.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "tribuna.site.signing_in.SignInForm"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# What goes wrong is said on standard error, where the operator's supervisor keeps it.
LOGGING = logging_settings(env.LOG_FORMAT)

# What an editor's request need not wait for is left in the queue; the clerk of `tribuna serve` does it.
TASKS = {
    "default": {"BACKEND": "tribuna.site.tasks.Deferring"},
    "queue": {"BACKEND": "django_tasks_db.backend.DatabaseBackend"},
}

# --- languages --------------------------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "tribuna.theme.formats"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [f"{_package_path[0]}/locale"]

# --- files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- safety -----------------------------------------------------------------------------------------------------------
# What a reader's browser may load: our own files, and pictures and sounds that stand in the page itself.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # An embedded player is loaded only when a reader asks for it.
    "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no second cookie, and none outside /admin/
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # safe: proxies.py removes it where nobody vouches for it
SECURE_HSTS_SECONDS = 31536000 if _SECURE else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the subdomains are not ours to promise anything for
CSRF_FAILURE_VIEW = "tribuna.theme.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Wagtail ----------------------------------------------------------------------------------------------------------
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.NewsImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "tribuna.newsroom.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]  # no SVG: it can carry a script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# What is uploaded beside pictures is kept by whoever downloads it, and never opens as a page of ours.
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = False  # site/urls.py sends a stricter policy than Wagtail's
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}  # it needs a session outside /admin/
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("es", "Español")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILFRONTENDCACHE: dict[str, dict[str, object]] = {}  # a CDN's own API for taking copies back
WAGTAILFRONTENDCACHE_LANGUAGES: list[str] = []  # the press knows each address; Wagtail need not make up others
TAGGIT_CASE_INSENSITIVE = True

# --- press ------------------------------------------------------------------------------------------------------------
TRIBUNA_PRESS_STORE = "tribuna.press.stores.files.FilesStore"
TRIBUNA_PRESS_FOLDER = env.DATA / "press"
TRIBUNA_PRESS_MAXIMUM_BYTES = env.PRESS_MEGABYTES * 1024 * 1024
TRIBUNA_PRESS_MEMORY_BYTES = 64 * 1024 * 1024  # of each worker
# What a reader's address may ask with ?name=value. The first make a page of their own, the second are passed on and
# never stored; all other names are dropped before the page is printed.
TRIBUNA_PRESS_QUERY = ["after", "before", "sort"]
TRIBUNA_PRESS_PASSED_QUERY = [
    *("p", "page", "page_id", "q", "reply_to"),
    *("author", "language", "section", "since", "topic", "until"),  # of a search
]
# Where these begin, Django answers.
TRIBUNA_PRESS_NOT_PRINTED = ["/admin/", "/documents/", "/human/", "/media/", "/moderation/", "/oembed.", "/static/"]
TRIBUNA_PRESS_CDN_SECONDS = env.CDN_SECONDS

# --- newsroom ---------------------------------------------------------------------------------------------------------
# The languages a story may be in, whatever the page around it speaks.
TRIBUNA_STORY_LANGUAGES = ["en", "es", "fr", "pt", "ar"]

# What is read is counted in memory, written after so many seconds, and drawn up as "most read" after so many minutes.
TRIBUNA_READINGS_SECONDS = 5
TRIBUNA_READINGS_KEPT_DAYS = 400
TRIBUNA_MOST_READ_DAYS = 2
TRIBUNA_MOST_READ_MINUTES = 10

# --- importers --------------------------------------------------------------------------------------------------------
TRIBUNA_IMPORT_SOURCES = [
    "tribuna.importers.sources.drupal7.Drupal7",
    "tribuna.importers.sources.wordpress.WordPress",
    "tribuna.importers.sources.wordpress.WordPressComments",
    "tribuna.importers.sources.disqus.Disqus",
    "tribuna.importers.sources.isso.Isso",
    "tribuna.importers.sources.lines.Lines",
]
TRIBUNA_IMPORTS_FOLDER = env.DATA / "imports"  # where reports are written, and what editors upload is kept meanwhile
TRIBUNA_IMPORTS_MAXIMUM_BYTES = 1024 * 1024 * 1024  # of one upload in the admin
TRIBUNA_WIRES_FOLDER = env.DATA / "wires"  # where agencies deliver files, each into a folder of its own
TRIBUNA_WIRE_NETWORKS = [ipaddress.ip_network(network) for network in env.WIRE_NETWORKS]
TRIBUNA_WIRE_SECONDS = 30
TRIBUNA_WIRE_MAXIMUM_BYTES = 10 * 1024 * 1024
TRIBUNA_WIRE_ITEMS = 500

# --- humans -----------------------------------------------------------------------------------------------------------
# The defaults stand in human_settings.py, where another site finds them too; the operator's part is here.
TRIBUNA_ASKING = env.ASKING
TRIBUNA_POOL_FOLDER = env.DATA / "humans" / "pool"
TRIBUNA_REDIS_URL = env.REDIS_URL
TRIBUNA_PRESSURE_STORE = env.PRESSURE_STORE
