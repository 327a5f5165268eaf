"""Every page that can be reached: accessible at three widths and in elder mode, within its frame and its policy."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.applicants import apply_wu
from tests.browser.at_work import license_wu, supervise
from tests.browser.walk import pages_of, route_of

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = (1280, 768, 390)
NARROWEST = 320
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
FACES = ["", "zhou", "wang_min", "zheng", "feng", "wu", "sun"]
NAMES = {"zhou": "周正", "wang_min": "王敏", "zheng": "郑和平", "feng": "冯雪", "wu": "吴桐", "sun": "孙立"}


def faults_at(page, address: str, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with one page, one line a fault: axe at each width, the narrowest phone, the policy."""
    page.set_viewport_size({"width": widths[0], "height": 900})
    page.goto(address)
    page.evaluate(AXE)
    found = []
    for width in widths:
        if width != widths[0]:
            page.set_viewport_size({"width": width, "height": 900})
        # The style sheets are the same at every width: they are read for the rules about them at the first.
        rules = {**RULES, "preload": width == widths[0]}
        violations = page.evaluate(f"axe.run(document, {json.dumps(rules)}).then((result) => result.violations)")
        found += [f"{width} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    sideways, refused = page.evaluate("[document.documentElement.scrollWidth - window.innerWidth, window.violations]")
    if sideways > 0:
        found.append(f"{NARROWEST} scrolls sideways by {sideways}")
    return found + refused


def test_every_page_is_accessible_and_keeps_its_frame(open_page):
    supervise()
    license_wu()
    apply_wu()
    wrong: list[str] = []
    visited: set[str] = set()
    for face in FACES:
        addresses = [address for route, address in pages_of(face).items() if route not in visited]
        visited |= {route_of(address) for address in addresses}
        for elder, widths in ((False, WIDTHS), (True, (390,))):
            page = open_page(face=NAMES.get(face, ""), elder=elder)
            page.add_init_script(WATCH)
            for address in addresses:
                wrong += [f"{face} {address} {'elder ' * elder}{fault}" for fault in faults_at(page, address, widths)]
    assert wrong == []
    assert len(visited) > len(FACES)
