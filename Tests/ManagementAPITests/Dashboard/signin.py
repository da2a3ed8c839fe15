"""Signs in to the dashboard in a real Chromium. Usage: signin.py URL TOKEN"""

import sys

from playwright.sync_api import expect, sync_playwright

URL, TOKEN = sys.argv[1:3]
expect.set_options(timeout=30_000)

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_context(ignore_https_errors=True).new_page()
    page.goto(URL + "/")
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#token")).to_be_focused()
    page.keyboard.type("not the token")
    page.keyboard.press("Enter")
    expect(page.locator("#token")).to_have_value("")
    expect(page.locator("#login")).to_be_visible()
    page.locator("#token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(50)
    expect(page.locator("#live")).to_have_text("live")
    expect(page.locator("#login")).to_be_hidden()
    # The token has the role read: revoking is refused, and the page says so.
    page.get_by_role("button", name="Revoke 10.0.1.1", exact=True).click()
    page.locator("#confirm").click()
    expect(page.locator("#toast")).to_contain_text("Cannot revoke the binding: the token 'browser' has the role read")
    assert TOKEN not in page.content()
    browser.close()
