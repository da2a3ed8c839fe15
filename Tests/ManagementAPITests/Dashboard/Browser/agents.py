"""Stops, kills and restarts agents under an open dashboard. Usage: agents.py PROGRAMS FOLDER"""

import json
import re
import signal
import sys

from browser import expect, launch, loaded, sign_in, revoke_buttons, watch
from daemons import Daemons, until
from playwright.sync_api import sync_playwright

PROGRAMS, FOLDER = sys.argv[1:3]


def has_no_peak(page):
    """No agent has received a request since the page was opened, so the scale is still the smallest, whatever the counters did."""
    expect(page.locator("#n-accepted")).to_have_text("0")
    for _ in range(3):
        page.wait_for_timeout(250)
        page.evaluate("poll()")
    expect(page.locator("#rate svg")).to_have_attribute("aria-label", re.compile(r"the scale ends at 1\.$"))


def is_unknown(page):
    expect(page.locator("#n-bindings")).to_have_text("unknown")
    expect(page.locator("#n-violations")).to_have_text("unknown")
    expect(page.locator("#n-accepted")).to_have_text("unknown")
    card = page.locator("#agents [data-agent=home]")
    expect(card).to_contain_text("bindings, visitors, associations and violators unknown")
    expect(card).to_contain_text("last heard")
    for table in ["Tunnels", "Security violations", "Bindings"]:
        loaded(page, table)
        expect(page.locator("td.empty")).to_have_text("Unknown: no data from home.")
    page.locator("#search").fill("127")
    expect(page.locator("td.empty")).to_have_text("No matches for “127”; no data from home.")
    page.locator("#search").fill("")
    expect(page.locator("#codes")).to_have_text("Unknown.")
    # What is known is still shown: the foreign agent has no visitor, and the history is that of mip-mibd.
    expect(page.locator("#n-visitors")).to_have_text("0")
    loaded(page, "History")
    expect(page.locator("tbody tr", has_text="127.10.0.50")).to_have_count(1)
    loaded(page, "Bindings")


def stopped(page, daemons):
    """An agent that is away for a while and comes back with the counters that it had."""
    daemons.send("home", signal.SIGSTOP)
    is_unknown(page)
    daemons.send("home", signal.SIGCONT)
    expect(page.locator("#n-bindings")).to_have_text("30")
    has_no_peak(page)


def restarted(page, daemons):
    daemons.kill("mip-mibd")
    expect(page.locator("#live")).to_have_attribute("data-state", "lost")
    daemons.start("mip-mibd")
    daemons.wait_until_ready()
    expect(page.locator("#n-bindings")).to_have_text("30")
    has_no_peak(page)
    daemons.kill("home")
    expect(page.locator("#n-bindings")).to_have_text("unknown")
    daemons.start("home")
    daemons.wait_until_ready()
    expect(page.locator("#n-bindings")).to_have_text("0")
    has_no_peak(page)


def restarted_between_two_polls(page):
    """Counters of another run are higher than those of the run before: 30,000 registrations per second that never were."""
    def later(route):
        answer = route.fetch()
        text = answer.text()
        if "/status" in route.request.url:
            text = re.sub(r'"instance":\s*"', '"instance":"later-', text)
        else:
            rows = json.loads(text)
            for row in rows:
                if "homeAgent" in row:
                    row["homeAgent"]["outcomes"]["initial"]["accepted"] += 60_000
            text = json.dumps(rows)
        route.fulfill(response=answer, body=text)

    page.route(re.compile(r"/v1/(status|counters)"), later)
    has_no_peak(page)
    page.unroute(re.compile(r"/v1/(status|counters)"))


def revocable_while_it_answers(page, daemons):
    """An agent that has just been lost cannot revoke anything, while its rows are still shown."""
    daemons.register("127.10.0.10", 3)
    expect(revoke_buttons(page)).to_have_count(3)
    expect(revoke_buttons(page).first).to_be_enabled()

    def stale(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"synchronized"', '"stale"'))

    page.route("**/v1/status", stale)
    expect(revoke_buttons(page).first).to_be_disabled()
    expect(page.locator("#n-bindings")).to_have_text("3")
    page.unroute("**/v1/status")
    expect(revoke_buttons(page).first).to_be_enabled()


def main():
    with Daemons(PROGRAMS, FOLDER, [("ops", "write")]) as daemons, sync_playwright() as playwright:
        daemons.register("127.10.0.10", 30)
        daemons.register("127.10.0.50", 1, "--deregister")
        until("the history", lambda: len(daemons.api("history")) == 1)
        browser = launch(playwright)
        page = browser.new_page()
        problems = watch(page, daemons.url, ["net::ERR"])
        page.goto(daemons.url + "/")
        sign_in(page, daemons.tokens["ops"], "ops")
        expect(page.locator("#n-bindings")).to_have_text("30")
        has_no_peak(page)
        stopped(page, daemons)
        restarted(page, daemons)
        restarted_between_two_polls(page)
        revocable_while_it_answers(page, daemons)
        assert not problems, problems
        browser.close()


main()
