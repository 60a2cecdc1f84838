"""Settings of the pages for the public: those of the node, with neither sessions nor officers."""

from __future__ import annotations

from openmidas.web.settings import *  # noqa: F403  what is not said here is as everywhere

PUBLIC_SITE = True
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "openmidas.posts.access.AccessMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "openmidas.web.public.urls"
WSGI_APPLICATION = "openmidas.web.public.wsgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
