"""Uses the dashboard in a real Chromium as a person would, and compares it with the API.

Usage: dashboard.py URL TOKEN STEPS [IMAGES]
TOKEN, named ops, has the role write. Creating a file `register` or `end` in the directory STEPS makes the agent register a new node, or
end that registration. If a directory IMAGES is given, screenshots are written there.
"""

import json
import pathlib
import sys
import time
import urllib.request

from browser import TIME, clean, expect, launch, loaded, revoke_buttons, rows, search, sign_in, watch
from playwright.sync_api import sync_playwright

URL, TOKEN, STEPS, IMAGES = sys.argv[1].rstrip("/"), sys.argv[2], pathlib.Path(sys.argv[3]), (sys.argv[4:] or [""])[0]
NEWCOMER = "10.0.0.200"
# The first step of the agent's counters, as in DashboardScene.
FIRST_STEP = 1871


def api(path):
    with urllib.request.urlopen(f"{URL}/v1/{path}", timeout=30) as answer:
        return json.load(answer)


def matches_the_api(page):
    expect(page.locator("#live")).to_have_text("live")
    expect(page.locator("tbody tr")).to_have_count(50)
    said = api("bindings?limit=50")
    assert rows(page, "Home address") == [row["homeAddress"] for row in said]
    assert rows(page, "Care-of address") == [row["careOfAddress"] for row in said]
    assert rows(page, "NAI") == [row.get("nai", "") for row in said]
    assert rows(page, "Agent") == [row["agent"] for row in said]
    counts = [agent["counts"] for agent in api("status")["agents"]]
    for name in ["bindings", "visitors", "violations"]:
        expect(page.locator(f"#n-{name}")).to_have_text(f"{sum(count[name] for count in counts):,}")
    expect(page.locator("#n-agents")).to_have_text("2 of 2")
    loaded(page, "Visitors")
    expect(page.locator("tbody tr")).to_have_count(50)
    said = api("visitors?limit=50")
    assert rows(page, "Source address") == [row["sourceAddress"] for row in said]
    assert rows(page, "State") == [row["state"] for row in said]
    loaded(page, "Tunnels")
    expect(page.locator("tbody tr")).to_have_count(24)
    loaded(page, "Security violations")
    expect(page.locator("tbody tr")).to_have_count(14)
    said = api("violations?limit=50")
    assert rows(page, "Violator") == [row["violator"] for row in said]
    assert rows(page, "Count") == [str(row["count"]) for row in said]
    codes = page.locator("#codes .row")
    expect(codes).to_have_count(4)
    expect(codes.first).to_contain_text("accepted")


def sorts_searches_and_turns_pages(page):
    loaded(page, "Bindings")
    page.get_by_role("button", name="Renewals").click()
    page.get_by_role("button", name="Renewals ↑").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Renewals ↓")
    expect(page.locator("tbody tr").first.locator("td").nth(5)).to_have_text("4")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#count")).to_contain_text("51–100")
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#count")).to_contain_text("1–50")
    search(page, "user1234@example.net")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert rows(page, "NAI") == ["user1234@example.net"]
    search(page, "nobody@nowhere.example")
    expect(page.locator("td.empty")).to_have_text("No matches for “nobody@nowhere.example”.")
    search(page, "")
    loaded(page, "Visitors")
    loaded(page, "Bindings")


def searches_every_table(page):
    """The server searches, by addresses and identifiers, in every table; the event stream is searched in the page, by what it shows."""
    loaded(page, "Security violations")
    search(page, "10.0.3.1")
    expect(page.locator("tbody tr")).to_have_count(5)
    assert rows(page, "Violator") == [f"10.0.3.{last}" for last in [1, 10, 11, 12, 13]]
    search(page, "10.0.3.13")
    expect(page.locator("tbody tr")).to_have_count(1)
    loaded(page, "Tunnels")
    search(page, "192.0.2.24")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert rows(page, "Remote address") == ["192.0.2.24"]
    loaded(page, "History")
    for text, count in [("newcomer@", 1), ("NEWCOMER@Example", 1), ("10.0.0.200", 1), ("192.0.2.", 1)]:
        search(page, text)
        expect(page.locator("tbody tr", has_text=NEWCOMER)).to_have_count(count)
    search(page, "10.0.0.201")
    expect(page.locator("td.empty")).to_have_text("No matches for “10.0.0.201”.")
    loaded(page, "Events")
    search(page, "deregistered")
    expect(page.locator("tbody tr", has_text="went home")).to_have_count(1)
    loaded(page, "Bindings")


def shows_times_with_date_and_zone(page):
    for table, column in [("Bindings", "Registered"), ("Security violations", "Latest"), ("History", "Ended"), ("Events", "Time")]:
        loaded(page, table)
        expect(page.locator("tbody time").first).to_be_visible()
        shown = rows(page, column)
        assert shown and all(TIME.match(text) for text in shown), f"{table}: {shown[:3]}"
        said = page.locator("tbody time").evaluate_all("times => times.map(t => [t.dateTime, t.innerText])")
        for exact, text in said:
            local = page.evaluate("text => Date.parse(text.replace(' ', 'T').replace(' UTC', 'Z').replace('−', '-').replace(' ', ''))", text)
            assert local == page.evaluate("text => Math.floor(Date.parse(text) / 1000) * 1000", exact), (exact, text)


def shows_and_ends_a_drain(page):
    """The line at the top shows a home agent that moves its nodes, and its button ends that."""
    fields = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    order = json.dumps({"homeAgents": ["198.51.100.1"]}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{URL}/v1/drain/home", order, fields, method="PUT"), timeout=30).close()
    line = page.locator("#drains li")
    expect(line).to_contain_text("home has been moving its nodes to 198.51.100.1 since")
    expect(line).to_contain_text("bindings left.")
    clean(page, "a home agent that moves its nodes")
    line.get_by_role("button", name="End moving the nodes of home").click()
    expect(page.locator("#drains")).to_be_hidden()
    expect(page.locator("#toast")).to_have_text("home serves new nodes again.")


# One script for all: rows are replaced when events arrive, and an element that is no longer in the page has no style.
STYLES = """() => {
    const style = e => { const s = getComputedStyle(e); return [s.color, parseFloat(s.fontSize), s.borderTopColor, s.backgroundColor]; };
    const action = [...document.querySelectorAll("tbody button")].find(button => button.innerText === "Revoke");
    return [action.closest("tr").children[0], document.querySelector("thead th span"), action].map(style);
}"""


def revoking_is_quieter_than_the_data(page):
    loaded(page, "Bindings")
    # Neither pointed at, nor grey because an answer is late on a busy machine.
    page.mouse.move(0, 0)
    expect(revoke_buttons(page).first).to_be_enabled(timeout=30000)
    data, soft, action = page.evaluate(STYLES)
    assert action[0] == soft[0] != data[0], f"Revoke has the color of a heading: {action} {soft} {data}"
    assert action[1] < data[1] and action[2] == action[3] == "rgba(0, 0, 0, 0)", action
    revoke_buttons(page).first.hover()
    # A person who means it sees what it is.
    expect(revoke_buttons(page).first).not_to_have_css("color", action[0])
    page.mouse.move(0, 0)


def uses_the_words_of_the_server(browser):
    """Whatever the server calls a code, a kind, an encapsulation, a reason, a role or a state is what the page shows."""
    page = browser.new_page()

    def rename(route):
        answer = route.fetch()
        lists = answer.json()
        for entry in sum(lists.values(), []):
            for member in ["title", "meaning"]:
                if member in entry:
                    entry[member] = f"§{entry[member]}"
        route.fulfill(response=answer, json=lists)

    page.route("**/v1/vocabulary", rename)
    page.goto(URL + "/")
    for table, columns in {
        "Bindings": ["Encapsulation"], "Visitors": ["State"], "Tunnels": ["Encapsulation"], "History": ["Reason", "Role"],
        "Events": ["Kind"], "Security violations": ["Reason"],
    }.items():
        loaded(page, table)
        expect(page.locator("tbody td.empty")).to_have_count(0)
        for column in columns:
            assert all(text.startswith("§") for text in rows(page, column)), (table, column, rows(page, column)[:3])
    assert all(" §" in text for text in rows(page, "Reply") if text != "none"), rows(page, "Reply")
    assert all("§" in text for text in page.locator("#codes .row").all_inner_texts())
    for card in page.locator("#agents li").all():
        assert card.locator(".pill").first.inner_text().startswith("§"), card.inner_text()
        assert card.locator(".facts").first.inner_text().startswith("§"), card.inner_text()
    page.close()


def follows_a_change(page):
    (STEPS / "register").touch()
    expect(page.locator("tbody tr").first).to_contain_text(NEWCOMER)
    expect(page.locator("tbody tr").first).to_contain_text("newcomer@example.net")
    loaded(page, "Events")
    expect(page.locator("tbody tr", has_text="newcomer@example.net registered")).to_have_count(1)
    loaded(page, "Bindings")
    (STEPS / "end").touch()
    expect(page.locator("tbody tr", has_text=NEWCOMER)).to_have_count(0)
    loaded(page, "History")
    expect(page.locator("tbody tr").first).to_contain_text(NEWCOMER)
    expect(page.locator("tbody tr").first).to_contain_text("deregistered")
    assert page.evaluate("window.loads") == 1, "the page was reloaded"


def revokes_by_keyboard(page):
    loaded(page, "Events")
    page.keyboard.press("Home")
    expect(page.locator("[role=tab][aria-selected=true]")).to_have_text("Bindings")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=tab][aria-selected=true]")).to_have_text("Visitors")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("tbody tr")).to_have_count(50)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("10.0.1.7")
    expect(page.locator("tbody tr").first).to_contain_text("10.0.1.7")
    page.get_by_role("button", name="Revoke 10.0.1.7", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#revoke")).to_be_visible()
    expect(page.locator("#keep")).to_be_focused()
    clean(page, "the revocation dialog")
    page.keyboard.press("Escape")
    expect(page.locator("#revoke")).to_be_hidden()
    assert any(row["homeAddress"] == "10.0.1.7" for row in api("bindings?homeAddress=10.0.1.7")), "revoked without confirmation"
    page.get_by_role("button", name="Revoke 10.0.1.7", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#confirm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_have_text("Binding of 10.0.1.7 revoked.")
    expect(page.get_by_role("button", name="Revoke 10.0.1.7", exact=True)).to_have_count(0)
    assert api("bindings?homeAddress=10.0.1.7") == []
    search(page, "")


def retries_the_vocabulary(browser):
    """A page requests the vocabulary again after a failed request."""
    page = browser.new_page()
    requests = []

    def answer(route):
        requests.append(route.request.url)
        route.fulfill(status=503, json={}) if len(requests) == 1 else route.continue_()

    page.route("**/v1/vocabulary", answer)
    page.goto(URL + "/")
    expect(page.locator("#codes .row").first).to_contain_text("registration accepted")
    assert len(requests) == 2, requests
    page.close()


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the screen"


def step(page, number):
    """Advances the agent's counters to a step, and the page's paused clock to its next poll of the counters, 2 s later."""
    before = api("counters?agent=home")
    (STEPS / "next").write_text(str(number))
    (STEPS / "next").rename(STEPS / "step")
    while api("counters?agent=home") == before:
        time.sleep(0.01)
    if page:
        polled = page.evaluate("lastCounters?.time")
        page.clock.run_for(2000)
        end = time.monotonic() + 30
        while page.evaluate("lastCounters?.time") == polled:
            assert time.monotonic() < end, "the page did not poll the counters"
            time.sleep(0.01)


def main():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=False, timezone_id="Asia/Kolkata")
        problems = watch(page, URL)
        page.goto(URL + "/")
        sign_in(page, TOKEN, "ops")
        matches_the_api(page)
        sorts_searches_and_turns_pages(page)
        follows_a_change(page)
        searches_every_table(page)
        shows_times_with_date_and_zone(page)
        revoking_is_quieter_than_the_data(page)
        revokes_by_keyboard(page)
        shows_and_ends_a_drain(page)
        for theme in ["light", "dark"]:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            for table in ["History", "Events", "Security violations", "Visitors", "Bindings"]:
                loaded(page, table)
                clean(page, f"{theme}, {table}")
        page.set_viewport_size({"width": 390, "height": 844})
        for table in ["Bindings", "Security violations", "Events"]:
            loaded(page, table)
            fits(page)
        clean(page, "phone")
        for width in [320, 660, 800, 940]:
            page.set_viewport_size({"width": width, "height": 700})
            fits(page)
        page.close()
        assert not problems, problems
        retries_the_vocabulary(browser)
        uses_the_words_of_the_server(browser)
        if IMAGES:
            screenshots(browser)
        browser.close()


def screenshots(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce")
    page.clock.install()
    step(None, FIRST_STEP)
    page.goto(URL + "/")
    sign_in(page, TOKEN, "ops")
    expect(page.locator("tbody tr")).to_have_count(50)
    page.mouse.move(0, 0)
    # Polls between two steps would show as dips, so the clock only advances with the steps.
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    # Six minutes of the page's own time, so that the chart has data to show.
    polls = 182
    for number in range(1, polls):
        step(page, FIRST_STEP + number)
    folder = pathlib.Path(IMAGES)
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, theme, width, height) in enumerate([
        ("dashboard-light", "light", 1280, 900), ("dashboard-dark", "dark", 1280, 900), ("dashboard-phone", "dark", 390, 1500),
    ]):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": height})
        step(page, FIRST_STEP + polls + number)
        expect(page.locator("#live")).to_have_text("live")
        page.wait_for_timeout(300)
        page.screenshot(path=str(folder / f"{name}.png"))
    page.close()


main()
