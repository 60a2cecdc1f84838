"""What axe-core says of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def nothing_found(page: Page, where: str) -> None:
    """axe-core finds nothing on the page as it is now."""
    result = AXE.run(page, options={"resultTypes": ["violations"]})
    found = result.response["violations"]
    assert not found, f"{where}: " + "; ".join(
        f"{one['id']} at {one['nodes'][0]['target']}" for one in found
    )
