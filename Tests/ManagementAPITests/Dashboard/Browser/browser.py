"""What the tests of the dashboard share: a real Chromium, and what a person sees in it."""

import json
import re

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

expect.set_options(timeout=30_000)

# A time as the page shows it, such as 2026-11-29 22:57:11 +01:00.
TIME = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|[+−]\d\d:\d\d)$")


def launch(playwright):
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])


def watch(page, url, expected=()):
    """Collects errors of the page and requests to other servers, in a list that must stay empty; `expected` are parts of errors that may
    occur, such as that of a server that is gone."""
    problems = []

    def note(text):
        if not any(part in text for part in expected):
            problems.append(text)

    page.on("pageerror", lambda error: note(f"error: {error}"))
    page.on("console", lambda message: note(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith((url, "data:")) else note(f"requested {request.url}"))
    page.on("load", lambda _: page.evaluate("window.loads = (window.loads ?? 0) + 1"))
    return problems


def clean(page, what):
    # The page's policy allows no scripts but its own files; the checker is injected from outside the page.
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    report = [(v["id"], [n["html"][:160] + " " + n.get("failureSummary", "")[:300] for n in v["nodes"]][:3]) for v in found]
    assert not report, f"axe, {what}: {json.dumps(report, indent=1)}"


def loaded(page, table):
    page.get_by_role("tab", name=table, exact=True).click()
    expect(page.locator("td.empty", has_text="Loading")).to_have_count(0)


def rows(page, column):
    """The texts of the column with this heading."""
    heads = page.locator("thead th").all_inner_texts()
    index = next(i for i, head in enumerate(heads) if head.rstrip(" ↑↓") == column)
    return page.locator("tbody tr").evaluate_all(f"lines => lines.map(line => line.children[{index}]?.innerText ?? '')")


def sign_in(page, text, name):
    """Signs in, in the dialog if it is open."""
    if not page.locator("#login").is_visible():
        page.get_by_role("button", name="Sign in").click()
    page.locator("#token").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#login")).to_be_hidden()
    expect(page.locator("#who")).to_contain_text(f"Signed in as {name}")


def revoke_buttons(page):
    return page.locator("tbody").get_by_role("button", name="Revoke")


def search(page, text):
    page.locator("#search").fill(text)
