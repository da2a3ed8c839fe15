"""Signs in, out, and acts with each role on a port of this machine. Usage: session.py PROGRAMS FOLDER"""

import re
import sys

from browser import clean, expect, launch, revoke_buttons, sign_in, watch
from daemons import Daemons, until
from playwright.sync_api import sync_playwright

PROGRAMS, FOLDER = sys.argv[1:3]


def offers_what_the_role_allows(page, daemons):
    """The page asks the server on whose behalf it acts, and follows the answer."""
    session = daemons.api("session")
    assert session["hasToken"] is False and session["acceptsTokens"] is True, session
    expect(page.locator("#who")).to_have_text(re.compile(rf"^Not signed in\s*role {session['role']}$"))
    expect(revoke_buttons(page)).to_have_count(5 if session["role"] == "write" else 0)
    sign_in(page, daemons.tokens["viewer"], "viewer")
    expect(page.locator("#who")).to_contain_text("role read")
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(revoke_buttons(page)).to_have_count(0)
    expect(page.locator("thead")).not_to_contain_text("Actions")
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    clean(page, "signed in")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#who")).to_contain_text("Not signed in")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert page.evaluate("sessionStorage.getItem('token')") is None
    sign_in(page, daemons.tokens["ops"], "ops")
    expect(revoke_buttons(page)).to_have_count(5)
    page.get_by_role("button", name="Revoke 127.10.0.10", exact=True).click()
    page.locator("#confirm").click()
    expect(page.locator("#toast")).to_have_text("Binding of 127.10.0.10 revoked.")
    expect(revoke_buttons(page)).to_have_count(4)
    (change,) = [event for event in daemons.api("events") if event["kind"] == "changed"]
    assert change["audit"]["actor"] == "ops", change



def reading_needs_no_token(page):
    """Without a token the server may let everyone read; nothing else is offered then."""
    answer = {"actor": "loopback", "role": "read", "hasToken": False, "acceptsTokens": True}
    page.route("**/v1/session", lambda route: route.fulfill(json=answer))
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#who")).to_have_text(re.compile(r"^Not signed in\s*role read$"))
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(revoke_buttons(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    # A server without tokens has nobody who could sign in.
    answer["acceptsTokens"] = False
    page.reload()
    expect(page.locator("#who")).to_have_text("role read")
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    page.unroute("**/v1/session")
    page.reload()


def a_wrong_token_is_reported(page):
    page.get_by_role("button", name="Sign in").click()
    for wrong in ["0" * 64, "кириллица"]:
        page.locator("#token").fill(wrong)
        page.keyboard.press("Enter")
        expect(page.locator("#login-error")).to_have_text(re.compile(r"^Cannot sign in: .+ token"))
        expect(page.locator("#login")).to_be_visible()
        expect(page.locator("#token")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#token")).to_be_focused()
        clean(page, "a wrong token")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#login")).to_be_hidden()
    # Nothing has changed for those who were reading.
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("#live")).to_have_text("live")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#login-error")).to_have_text("")
    page.keyboard.press("Escape")


def a_withdrawn_token_is_reported(page, daemons):
    sign_in(page, daemons.tokens["ops"], "ops")
    daemons.kill("mip-mibd")
    settings = daemons.folder / "mip-mibd.yaml"
    settings.write_text("".join(line for line in settings.read_text().splitlines(True) if "name: ops" not in line))
    daemons.start("mip-mibd")
    daemons.wait_until_ready()
    expect(page.locator("#login")).to_be_visible()
    expect(page.locator("#login-error")).to_contain_text("The token of this page is no longer valid: ")
    expect(page.locator("#who")).to_have_text("Not signed in")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#live")).to_have_text("live")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("#who")).to_contain_text("Not signed in")


def main():
    with Daemons(PROGRAMS, FOLDER, [("viewer", "read"), ("ops", "write")]) as daemons, sync_playwright() as playwright:
        daemons.register("127.10.0.10", 5)
        until("the bindings", lambda: len(daemons.api("bindings")) == 5)
        browser = launch(playwright)
        page = browser.new_page()
        problems = watch(page, daemons.url, ["401", "net::ERR"])
        page.goto(daemons.url + "/")
        expect(page.locator("tbody tr")).to_have_count(5)
        offers_what_the_role_allows(page, daemons)
        reading_needs_no_token(page)
        a_wrong_token_is_reported(page)
        a_withdrawn_token_is_reported(page, daemons)
        assert not problems, problems
        browser.close()


main()
