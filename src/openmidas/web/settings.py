"""Settings of a node. What differs between nodes stands in the node's own folder (`nodes.home`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from openmidas.documents.readers.pairing import HOST, PORT
from openmidas.nodes.home import this_home
from openmidas.web.databases import database_settings

HERE = Path(__file__).parent
HOME = this_home()
# Without a node (type checks, `midas init`) the settings still load; services then refuse by themselves.
CONFIG = HOME.config() if HOME.exists else None

DEBUG = False
SECRET_KEY = HOME.secret("web") if CONFIG else "no node here, nothing is signed"
ALLOWED_HOSTS = list(CONFIG.hosts) if CONFIG else []

INSTALLED_APPS = [
    "openmidas.installation",
    "openmidas.web",
    "openmidas.api",
    "openmidas.rights",
    "openmidas.flows",
    "openmidas.register",
    "openmidas.declarations",
    "openmidas.residents",
    "openmidas.health",
    "openmidas.incidents",
    "openmidas.displacements",
    "openmidas.cases",
    "openmidas.crossings",
    "openmidas.pictures",
    "openmidas.lists",
    "openmidas.issuers",
    "openmidas.posts",
    "openmidas.exchange",
    "openmidas.nodes",
    "openmidas.journal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openmidas.web.full_disk.FullDiskMiddleware",
    "openmidas.posts.access.AccessMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "openmidas.web.urls"
WSGI_APPLICATION = "openmidas.web.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openmidas.web.context.node",
            ],
        },
    }
]

DATABASES = {"default": database_settings(HOME, CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "posts.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "openmidas.posts.signing_in.OfficerBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Five wrong passwords for one name from one machine: five minutes. A throttle, not a lock, so that
# nobody can shut a colleague out for a shift.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 5 / 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "openmidas.posts.views.sign_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are journal entries; no second record of people
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# One machine may run an HQ and a post on two ports, and cookies do not know ports.
# The end of an id is random; nodes that were made together begin alike.
SESSION_COOKIE_NAME = f"midas_{CONFIG.id.hex[-8:]}" if CONFIG else "midas"
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "openmidas.web.views.errors.session_ended"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
_TLS = bool(CONFIG and CONFIG.tls_certificate)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SECURE_HSTS_SECONDS = 3600 if _TLS else 0

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The reader's own program on a workstation (`midas reader`): the pages that ask it may connect to it.
READER = f"ws://{HOST}:{PORT}"

STATIC_URL = "static/"
STATIC_ROOT = HOME.path("static")
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}

SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # two nodes may choose the same name; see posts.models.Officer

USE_TZ = True
TIME_ZONE = CONFIG.time_zone if CONFIG else "UTC"
USE_I18N = True
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# Layout and names of States are ready, the texts are not: nobody is offered half a language.
PREPARED_LANGUAGES = [("ar", _("Arabic")), ("pt", _("Portuguese"))]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "midas_language"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# No page takes files, but for those of lists, rules and sticks, which say so themselves: what anybody
# sends anywhere else is not written to the disk.
FILE_UPLOAD_HANDLERS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"openmidas": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
