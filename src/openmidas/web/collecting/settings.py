"""Settings of the page that collects: those of the node, without its database.

There is none at all: whatever would ask it anything fails, so that this page cannot read.
"""

from __future__ import annotations

from openmidas.web.settings import *  # noqa: F403  what is not said here is as everywhere

DATABASES = {}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "openmidas.web.collecting.site"
WSGI_APPLICATION = "openmidas.web.collecting.wsgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
