"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(
    request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Too many wrong passwords: wait a few minutes, or ask the head of post."""
    return render(request, "posts/locked_out.html", status=429)
