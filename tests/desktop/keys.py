"""A working day without a mouse, on a real desktop: connect, sync, settle, search, export, quit, by key events only.

Run it inside a desktop that has the tools of ``desktop.TOOLS``; a film needs ffmpeg besides:

    python tests/desktop/keys.py [--pictures FOLDER] [--film FILE.webm] [--log FILE]

The demo company's server stands for Zoho Books, Chromium shows its consent page, secrets go into the keychain. What a
step did is read from outside: the accessibility bus, ``zbdesk status --json``, the company's own records, the
files written. It ends with status 0 only if everything was seen. Not part of the ordinary suite: it needs a screen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.desktop.desktop import NotSeen, Program, browser, call, missing, until
from tests.desktop.elsewhere import Elsewhere
from tests.desktop.keyboard import Keyboard

EDITED = "INV-000167"
NEW = "KEYS-0001"
CUSTOMER = "Ahluwalia Enterprises"


class Day:
    """One run. Each method is a part of the way; ``screen`` has keys only."""

    def __init__(self, screen: Keyboard, data: Path, server: dict[str, Any]) -> None:
        self.screen, self.data, self.server = screen, data, server
        self.elsewhere = Elsewhere(server, server["organizations"][0]["organization_id"])
        self.program: Program | None = None

    # What can be known from outside
    def zbdesk(self, *words: str) -> Any:
        """What the command line beside the window says, as JSON."""
        program = [sys.executable, "-m", "zbdesk", "--data-dir", str(self.data), *words, "--json"]
        done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
        return json.loads(done.stdout)

    def status(self, name: str) -> Any:
        """One figure of ``status``."""
        return self.zbdesk("status")[name]

    def customer(self, deed: str) -> None:
        """Somebody makes the customer active or inactive in Zoho Books."""
        found = self.elsewhere.call("GET", "/contacts", contact_name=CUSTOMER)["contacts"][0]
        self.elsewhere.call("POST", f"/contacts/{found['contact_id']}/{deed}")

    # The way
    def start(self) -> None:
        """Start the program; the first button has the focus."""
        # Without a pace of our own: the sixty calls a minute of Zoho would make the third pass wait half a minute.
        pace = {"ZBDESK_CALLS_PER_MINUTE": "0"}
        self.program = Program("--data-dir", str(self.data), python=sys.executable, environment=pace)
        self.screen.window()
        self.screen.focus_is("push button 'Connect Zoho Books'")
        self.screen.picture("welcome")
        self.screen.keys("Return")

    def data_centre(self) -> None:
        """The company's own server in place of one of Zoho's."""
        screen = self.screen
        screen.focus_is("text 'Address of your Zoho Books'")
        screen.to("push button 'Other servers")
        screen.keys("space")
        screen.to("text 'Accounts server'")
        screen.type(self.server["accounts_url"])
        screen.to("text 'API server'")
        screen.type(self.server["api_url"])
        screen.picture("data-centre")
        screen.keys("Return")

    def credentials(self) -> None:
        """Client and secret, by the letters that are underlined."""
        screen = self.screen
        screen.focus_is("push button 'Open ")
        screen.see(r"Port \d+ is free")
        screen.keys("alt+c")
        screen.focus_is("text 'Client ID'")
        screen.type(self.server["client_id"])
        screen.to("password text 'Client secret'")
        screen.type(self.server["client_secret"], secret=True)
        screen.picture("client-and-secret")
        screen.keys("Return")

    def consent(self) -> None:
        """The page in Chromium comes to the front by itself: Tab to its button, Enter. DevTools tell the focus."""
        screen = self.screen
        with browser() as chromium:

            def here() -> str:
                words = "const one = document.activeElement; return one.tagName + ' ' + (one.innerText || one.value)"
                return str(chromium.execute_script(words)).strip()

            until("Chromium is not in front", lambda: "Chromium" in call("xdotool", "getactivewindow", "getwindowname"))
            for _ in range(12):
                if here() == "BUTTON Accept":
                    break
                screen.keys("Tab")
            else:
                raise NotSeen(f"Tab does not lead to Accept, but to {here()}")
            screen.picture("consent-in-chromium")
            screen.keys("Return")
            until("no way back to the program", lambda: "callback" in chromium.current_url)
        screen.picture("signed-in")
        screen.front()

    def organization(self) -> None:
        """Two organizations, none chosen: arrow and Space choose, Enter goes on."""
        screen = self.screen
        screen.focus_is("in table 'Organizations'")
        screen.to("Meridian", key="Down", most=3)
        screen.keys("space")
        screen.focus_is(r"Meridian.*\[checked\]")
        screen.picture("organization")
        screen.keys("Return")

    def what_to_sync(self) -> None:
        """Both ways, all modules as proposed; the button is the default one."""
        screen = self.screen
        screen.focus_is("in table 'Modules'")
        screen.see(r"push button 'Start first sync'(?!.*disabled)")
        screen.see(r"'Both ways'.*\[checked\]")
        screen.picture("what-to-sync")
        screen.to("push button 'Start first sync'")
        screen.keys("space")

    def first_sync(self) -> None:
        """Records come; the dashboard has an answer; the navigation has the focus."""
        screen = self.screen
        screen.see("Yes, everything", patience=90)
        screen.focus_is("'Dashboard'.* in list 'Pages'")
        until("the tray does not say “in order”", lambda: "in order" in call("tray"))
        secrets = call("secret-tool", "search", "--all", "service", "zbdesk")
        if "attribute" not in secrets and "label" not in secrets:
            raise NotSeen("the keychain holds nothing of zbdesk")
        status = self.zbdesk("status")
        if status["connection"]["state"] != "active" or status["modules"]["invoices"]["remote"] < 100:
            raise NotSeen(f"not connected, or nothing here: {status['connection']}")
        screen.picture("dashboard")

    def pause(self) -> None:
        """Pause from the menu bar: Alt and a letter, arrows, Enter."""
        screen = self.screen
        screen.keys("alt+s", "Down", "Right", "Up", "Return")
        until("not paused", lambda: self.status("connection")["state"] == "paused")

    def edit(self) -> None:
        """Ctrl+5, filter, Ctrl+E, Tab to a field, Ctrl+S: an edit that waits."""
        screen = self.screen
        screen.keys("ctrl+5")
        screen.focus_is("table 'Invoices'")
        screen.keys("ctrl+f")
        screen.focus_is("text 'Filter by number")
        screen.type(EDITED)
        screen.see(r"'1 of ")
        screen.keys("Down")
        screen.focus_is("table 'Invoices'")
        screen.keys("ctrl+e")
        screen.title = "Edit .*"
        screen.focus_is("text 'Customer'")
        screen.to("text 'Reference'")
        screen.type("written here")
        screen.picture("edit")
        screen.keys("alt+s")
        screen.title = ".*zbdesk"
        until("the edit does not wait", lambda: self.status("pending") == 1)
        screen.focus_is("table 'Invoices'")

    def new_invoice(self) -> None:
        """Ctrl+N: a new invoice by Tab and typing; the focus comes back to the table."""
        screen = self.screen
        screen.keys("ctrl+n")
        screen.title = "New invoice.*"
        screen.focus_is("text 'Customer'")
        screen.type(CUSTOMER)
        screen.to("text 'Invoice number'")
        screen.type(NEW)
        line = (("Item", "Kashmiri chilli, whole"), ("Quantity", "3"), ("Price", "250"), ("Tax", "IGST5"))
        for field, words in line:
            screen.to(f"text '{field}, line 1'")
            screen.keys("ctrl+a")
            screen.type(words)
        screen.picture("new-invoice")
        screen.keys("alt+e")
        screen.title = ".*zbdesk"
        until("the new invoice does not wait", lambda: self.status("pending") == 2)
        screen.focus_is("table 'Invoices'")

    def meanwhile(self) -> None:
        """In Zoho Books somebody changes the same field and makes the customer inactive. Resume, another window."""
        self.elsewhere.change(EDITED, reference_number="written in Zoho Books")
        self.customer("inactive")
        screen = self.screen
        # To resume is to look at once; notifications are for who looks elsewhere meanwhile.
        screen.keys("alt+u", "alt+Tab")
        until("no notification", lambda: int(call("dunstctl", "count", "displayed") or 0) > 0)
        screen.picture("notified")
        until("no conflict", lambda: self.status("conflicts") == 1)
        until("no problem", lambda: self.status("problems") == 1)
        screen.front()

    def conflict(self) -> None:
        """Ctrl+2: the list has the focus. J, K, 1, then 3 applies; then both sides have what this computer says."""
        screen = self.screen
        screen.keys("ctrl+2")
        screen.focus_is(f"'{EDITED}.* in list 'Conflicts'")
        screen.keys("k", "j", "2")
        screen.see("push button 'Apply this result'(?!.*disabled)")
        screen.keys("1")
        screen.see("push button 'Apply this result'(?!.*disabled)")
        screen.picture("conflict")
        screen.keys("3")
        until("the conflict is still there", lambda: self.status("conflicts") == 0)
        screen.see("No conflicts")
        screen.picture("settled")
        screen.keys("F5")
        until("Zoho Books does not have it", lambda: self._reference() == "written here")

    def _reference(self) -> str:
        found = self.elsewhere.invoice(EDITED)
        return str(found["reference_number"]) if found is not None else ""

    def problem(self) -> None:
        """Ctrl+3: the cause is mended in Zoho Books, R tries again; the invoice is there once."""
        screen = self.screen
        screen.keys("ctrl+3")
        screen.focus_is(f"'{NEW}, {CUSTOMER}")
        screen.picture("problem")
        self.customer("active")
        screen.keys("r")
        until("the problem is still there", lambda: self.status("problems") == 0)
        until("the invoice is not in Zoho Books", lambda: self.elsewhere.invoice(NEW) is not None)
        rows = self.elsewhere.call("GET", "/invoices", invoice_number=NEW)["invoices"]
        if len(rows) != 1:
            raise NotSeen(f"{NEW} is in Zoho Books {len(rows)} times")
        screen.see("No problems")
        screen.picture("tried-again")

    def search(self) -> None:
        """Ctrl+K finds the new invoice; Enter opens it."""
        screen = self.screen
        screen.keys("ctrl+k")
        screen.focus_is("text 'Search records and commands'")
        screen.type(NEW)
        screen.focus_is(rf"\(.*{NEW}.*{CUSTOMER}")
        screen.picture("search")
        screen.keys("Return")
        screen.focus_is("table 'Invoices'")
        screen.see(f"label '.*{NEW}")
        screen.picture("found")

    def export(self) -> None:
        """Ctrl+Shift+E, Enter, a name in the file dialog, Enter: a workbook that holds all invoices."""
        screen, target = self.screen, self.data / "invoices.xlsx"
        screen.keys("ctrl+shift+e")
        screen.title = "Export invoices.*"
        screen.focus_is("combo box|Excel workbook")
        screen.to("Everything of this module|What the table shows")
        screen.keys("alt+v")
        screen.see(r"'Everything of this module.*\[checked\]")
        screen.picture("export")
        screen.keys("Return")
        screen.focus_is("text 'File name:'")
        screen.keys("ctrl+a")
        screen.type(str(target))
        screen.picture("file-dialog")
        screen.keys("Return")
        screen.title = ".*zbdesk"
        until("no file was written", target.exists)
        with zipfile.ZipFile(target) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            words = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else sheet
        rows = sheet.count("<row")
        here = self.status("modules")["invoices"]["remote"]
        if NEW not in words or rows < here:
            raise NotSeen(f"the workbook has {rows} rows for {here} invoices")
        screen.focus_is("table 'Invoices'")
        screen.picture("exported")

    def round(self) -> None:
        """Each page by its key, F1 for help, F6 through the parts of the window, Escape out of everything."""
        screen = self.screen
        for key, pattern in (
            ("ctrl+4", "Hold for review"), ("ctrl+6", "push button|link"), ("ctrl+7", "What happened"),
            ("ctrl+8", "combo box|push button"), ("ctrl+comma", "text 'Find a setting'"),
            ("F1", "text 'Search the manual'"),
        ):  # fmt: skip
            screen.keys(key)
            screen.focus_is(pattern)
        screen.picture("help")
        screen.keys("ctrl+5")
        screen.focus_is("table 'Invoices'")
        for pattern in ("push button 'Close", "push button 'Sync now", "in list 'Pages'", "text 'Filter", "table 'Inv"):
            screen.keys("F6")
            screen.focus_is(pattern)
        for opens, title, pattern in (("ctrl+n", "New invoice.*", "text 'Customer'"), ("ctrl+k", ".*zbdesk", "Search")):
            screen.keys(opens)
            screen.focus_is(pattern, title=title)
            screen.keys("Escape")
            screen.focus_is("table 'Invoices'")

    def tray(self) -> None:
        """The panel has no key for its icons: each command of the tray's menu must be in the menu bar as well."""
        screen = self.screen
        menus = screen.tree_of_menus()
        for line in call("tray").splitlines()[1:]:
            words = line.strip().split("\t")[0]
            name = words.rsplit(">", 1)[-1].removesuffix(" [disabled]")
            if words == "---" or "disabled" in words or name in menus:
                continue
            raise NotSeen(f"{name} is in the tray's menu only")
        screen.keys("ctrl+w")
        screen.focus_is("push button 'Keep running", title="zbdesk")
        screen.picture("close-or-keep")
        screen.keys("Return")
        until("the window is still there", lambda: not screen.in_sight())
        if self.zbdesk("status")["connection"]["state"] != "active":
            raise NotSeen("not active while in the tray")
        second = Program("--data-dir", str(self.data), python=sys.executable)
        if second.ended(20) != 0:
            raise NotSeen("the second start did not end with 0")
        screen.window()

    def quit(self) -> None:
        """Ctrl+Q ends it with status 0."""
        assert self.program is not None
        self.screen.front()
        self.screen.keys("ctrl+q")
        if self.program.ended(8) != 0:
            raise NotSeen("it did not end with 0")


def main() -> int:
    """Go the whole way; the last line says how it ended."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--film", type=Path)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    lacking = missing()
    if lacking or not os.environ.get("DISPLAY"):
        sys.stderr.write(f"This needs a desktop with {', '.join(lacking) or 'a display'}.\n")
        return 2
    server = subprocess.Popen(
        [sys.executable, "-m", "zbdesk", "demo-server", "--json"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    screen = Keyboard(options.pictures, options.film)
    data = Path(tempfile.mkdtemp(prefix="zbdesk-keys-"))
    day = Day(screen, data, json.loads(server.stdout.readline()))
    try:
        screen.begin()
        for step in (
            day.start, day.data_centre, day.credentials, day.consent, day.organization, day.what_to_sync,
            day.first_sync, day.pause, day.edit, day.new_invoice, day.meanwhile, day.conflict, day.problem,
            day.search, day.export, day.round, day.tray, day.quit,
        ):  # fmt: skip
            screen.part(step.__name__.replace("_", " "))
            step()
    except (NotSeen, NotImplementedError) as error:
        screen.say(f"FAILED: {error}")
        screen.pictures = screen.pictures or data
        screen.picture("failed")
        sys.stdout.write(screen.tree(".*") + "\n")
        return 1
    finally:
        if day.program is not None:
            day.program.stop()
        server.terminate()
        server.wait(10)
        if options.log is not None:
            options.log.write_text(screen.log(), encoding="utf-8")
        screen.end()
    screen.say(f"all seen; {screen.log().splitlines()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
