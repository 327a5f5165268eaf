"""Every page that can be reached: accessible at three widths and in elder mode, within its frame and its policy."""

from __future__ import annotations

import json

from tests.architecture.tree import SOURCE
from tests.browser.applicants import apply_wu
from tests.browser.at_work import evaluate, license_wu, supervise
from tests.browser.conftest import AXE_PATH
from tests.browser.walk import pages_of, route_of

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = (1280, 768, 390)
ELDER_WIDTHS = (390,)
NARROWEST = 320
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
FRAME = """() => {
  const skip = document.querySelector("body > .govuk-skip-link");
  const found = [];
  for (let one = skip && skip.nextElementSibling; one && !one.matches(".ml-page"); one = one.nextElementSibling) {
    found.push(one);
  }
  return found;
}"""
"""The elements between the link that skips them and the content of a page."""
UNDER_ANOTHER_FRAME = f"""(frame) => {{
  const before = ({FRAME})();
  document.documentElement.classList.add("ml-elder");
  if (before.length) {{
    before[0].insertAdjacentHTML("beforebegin", frame);
    before.forEach((one) => one.remove());
  }}
}}"""
NAMES = {
    "": "",
    "zhou": "周正",
    "wang_min": "王敏",
    "zheng": "郑和平",
    "feng": "冯雪",
    "wu": "吴桐",
    "sun": "孙立",
    "gu": "顾平",
}
"""Visitor and members of the cast → how the page of faces names them."""


def faults_at(page, address: str, widths: tuple[int, ...]) -> list[str]:
    """Return what is wrong with one page, one line a fault: axe at each width, the narrowest phone, the policy."""
    page.set_viewport_size({"width": widths[0], "height": 900})
    page.goto(address)
    page.add_script_tag(url=AXE_PATH)
    return faults_of(page, widths) + page.evaluate("window.violations")


def faults_of(page, widths: tuple[int, ...]) -> list[str]:
    """Return the faults of the page as it stands: those that axe finds at each width, and on the narrowest phone."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        # The style sheets are the same at every width: they are read for the rules about them at the first.
        rules = {**RULES, "preload": width == widths[0]}
        violations = page.evaluate(f"axe.run(document, {json.dumps(rules)}).then((result) => result.violations)")
        found += [f"{width} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{NARROWEST} scrolls sideways by {sideways}"] if sideways > 0 else [])


def faults_seen_by(open_page, name: str, addresses: list[str]) -> list[str]:
    """Return the faults of pages as a member of the cast or a visitor ("") sees them.

    Each at three widths and then, the same page under the other frame, in the
    layout for elders; the page where one begins is asked for in that layout.
    """
    begin = "/workbench/" if name else "/"
    elders = open_page(face=name, elder=True)
    elders.add_init_script(WATCH)
    wrong = [f"{begin} elder {fault}" for fault in faults_at(elders, begin, ELDER_WIDTHS)]
    frame = elders.evaluate(f"({FRAME})().map((one) => one.outerHTML).join('')")
    page = open_page(face=name)
    page.add_init_script(WATCH)
    for address in addresses:
        wrong += [f"{address} {fault}" for fault in faults_at(page, address, WIDTHS)]
        page.evaluate(UNDER_ANOTHER_FRAME, frame)
        wrong += [f"{address} elder {fault}" for fault in faults_of(page, ELDER_WIDTHS)]
    return [f"{name} {fault}" for fault in wrong]


def test_every_page_is_accessible_and_keeps_its_frame(open_page):
    supervise()
    license_wu()
    evaluate()
    apply_wu()
    wrong: list[str] = []
    visited: set[str] = set()
    for face, name in NAMES.items():
        addresses = [address for route, address in pages_of(face).items() if route not in visited]
        visited |= {route_of(address) for address in addresses}
        wrong += faults_seen_by(open_page, name, addresses)
    assert wrong == []
    assert any(route.startswith("evaluations/") and "/values/" in route for route in visited)
    assert any(route.startswith("workbench/evaluations/") and "/extracts/" in route for route in visited)


def test_what_differs_for_elders_is_the_frame_and_where_they_begin():
    """So that the walk may put the frame of elders around any other page without asking for it again."""
    asking = {path.name for path in SOURCE.rglob("templates/**/*.html") if "if elder" in path.read_text("utf-8")}
    assert asking == {"base.html", "workbench.html", "field.html"}
