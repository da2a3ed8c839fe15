"""Stops, kills and restarts mip-mibd under an open dashboard. Usage: gone.py PROGRAMS FOLDER"""

import re
import signal
import sys
import time

from browser import clean, expect, launch, loaded, revoke_buttons, sign_in, watch
from daemons import Daemons, until
from playwright.sync_api import sync_playwright

PROGRAMS, FOLDER = sys.argv[1:3]
AS_OF = re.compile(r"^as of \d\d:\d\d:\d\d$")

# The colors of what is visible: for each, how far it is from grey. The text colors of the page are within 30.
COLORFULNESS = """() => Math.max(...[...document.querySelectorAll("main section *")].filter(e => e.getClientRects().length).flatMap(e => {
  const style = getComputedStyle(e);
  const isShape = e instanceof SVGElement;
  return [isShape ? style.fill : style.color, isShape ? style.stroke : style.backgroundColor].map(color => {
    const [r, g, b, a] = color.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return a === 0 ? 0 : Math.max(r, g, b) - Math.min(r, g, b);
  });
}))"""


def is_usable(page):
    expect(page.locator("#live")).to_have_text("live")
    expect(revoke_buttons(page).first).to_be_enabled()
    assert page.evaluate(COLORFULNESS) > 60, "a page in use has colors"


def is_greyed(page):
    expect(page.locator("#live")).to_have_text(AS_OF)
    shown = page.locator("#live").inner_text().removeprefix("as of ")
    expect(page.locator("#notice")).to_contain_text("mip-mibd does not answer")
    expect(page.locator("#notice")).to_have_text(re.compile(rf"as of \d{{4}}-\d\d-\d\d {shown} (UTC|[+−]\d\d:\d\d)"))
    page.wait_for_timeout(1500)  # the background of a row changes slowly
    assert page.evaluate(COLORFULNESS) < 40, "something still has a color"
    enabled = page.locator("button:enabled:visible, select:enabled:visible, input:enabled:visible, footer a:visible")
    expect(enabled).to_have_count(0)
    # Nor do the keys do anything.
    page.keyboard.press("n")
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()
    expect(revoke_buttons(page)).to_have_count(50)


def hung(page, daemons):
    """A server that accepts connections and does not answer."""
    page.evaluate("openSignIn()")
    expect(page.locator("#login")).to_be_visible()
    daemons.send("mip-mibd", signal.SIGSTOP)
    before = time.monotonic()
    is_greyed(page)
    expect(page.locator("#login")).to_be_hidden()
    assert time.monotonic() - before < 30, "a server that hangs was noticed late"
    for theme in ["dark", "light"]:
        page.emulate_media(color_scheme=theme)
        clean(page, f"{theme}, without an answer")
    shown = page.locator("[data-ends]").first.inner_text()
    page.wait_for_timeout(2200)
    assert page.locator("[data-ends]").first.inner_text() == shown, "time goes on in data that does not"
    daemons.send("mip-mibd", signal.SIGCONT)
    is_usable(page)
    expect(page.locator("#notice")).to_be_hidden()


def killed(page, daemons):
    """A server that is gone while a person is about to revoke a binding, and comes back."""
    revoke_buttons(page).first.click()
    expect(page.locator("#revoke")).to_be_visible()
    daemons.kill("mip-mibd")
    expect(page.locator("#revoke")).to_be_hidden()
    expect(page.locator("#toast")).to_have_text("Nothing was revoked.")
    is_greyed(page)
    daemons.start("mip-mibd")
    daemons.wait_until_ready()
    is_usable(page)
    assert len(daemons.api("bindings")) == 60
    expect(page.locator("#n-bindings")).to_have_text("60")
    # A new run of the server has new events, and the page follows them.
    daemons.register("127.10.0.100")
    expect(page.locator("#n-bindings")).to_have_text("61")
    loaded(page, "Events")
    expect(page.locator("tbody tr", has_text="127.10.0.100 registered")).to_have_count(1)
    loaded(page, "Bindings")


def behind_a_proxy(page):
    """A reverse proxy answers for a server that is gone."""
    page.route("**/v1/**", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>"))
    expect(page.locator("#live")).to_have_text(AS_OF)
    expect(page.locator("#notice")).to_contain_text("The server returned status 502.")
    expect(page.locator("button:enabled:visible")).to_have_count(0)
    page.unroute("**/v1/**")
    is_usable(page)


def main():
    with Daemons(PROGRAMS, FOLDER, [("ops", "write")]) as daemons, sync_playwright() as playwright:
        daemons.register("127.10.0.10", 60)
        until("the bindings", lambda: len(daemons.api("bindings")) == 60)
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
        problems = watch(page, daemons.url, ["net::ERR", "502"])
        page.goto(daemons.url + "/")
        expect(page.locator("tbody tr")).to_have_count(50)
        sign_in(page, daemons.tokens["ops"], "ops")
        is_usable(page)
        hung(page, daemons)
        killed(page, daemons)
        behind_a_proxy(page)
        assert page.evaluate("window.loads") == 1, "the page was reloaded"
        assert not problems, problems
        browser.close()


main()
