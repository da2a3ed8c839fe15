"""Signs in to the dashboard over TLS in a real Chromium. Usage: signin.py URL TOKEN; the token is named browser and has the role read."""

import re
import sys

from browser import clean, expect, launch, revoke_buttons
from playwright.sync_api import sync_playwright

URL, TOKEN = sys.argv[1:3]

with sync_playwright() as playwright:
    browser = launch(playwright)
    page = browser.new_context(ignore_https_errors=True).new_page()
    page.goto(URL + "/")
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#token")).to_be_focused()
    expect(page.locator("#login-error")).to_be_hidden()
    page.keyboard.type("not the token")
    page.keyboard.press("Enter")
    expect(page.locator("#login-error")).to_have_text(re.compile("^Cannot sign in: the token is not one of this server's"))
    expect(page.locator("#login")).to_be_visible()
    # A person who has no token sees that nothing is shown without one.
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#notice")).to_have_text("Sign in to see the data of this server.")
    expect(page.locator("#live")).to_have_text("signed out")
    expect(page.locator("#login")).to_be_hidden()
    clean(page, "signed out")
    page.get_by_role("button", name="Sign in").click()
    page.locator("#token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(50)
    expect(page.locator("#live")).to_have_text("live")
    expect(page.locator("#login")).to_be_hidden()
    expect(page.locator("#who")).to_contain_text("Signed in as browser")
    # The token has the role read: revoking is not offered.
    expect(revoke_buttons(page)).to_have_count(0)
    assert TOKEN not in page.content()
    # It lasts while the tab is open, and signing out leaves nothing of what it showed.
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#live")).to_have_text("signed out")
    expect(page.locator("#login")).to_be_hidden()
    text = page.locator("body").inner_text()
    assert "10.0." not in text and "example.net" not in text and "9,000" not in text, text
    expect(page.locator("#agent option")).to_have_count(1)
    page.reload()
    expect(page.locator("#login")).to_be_visible()
    browser.close()
