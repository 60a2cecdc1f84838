"""Settings of the page that asks for pass phrases: those of the node, without all that needs its database."""

from __future__ import annotations

from openmidas.web.settings import *  # noqa: F403  what is not said here is as everywhere

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "openmidas.web.gate.urls"
WSGI_APPLICATION = "openmidas.web.gate.wsgi.application"
# A token's file is small, and is never written to this disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
