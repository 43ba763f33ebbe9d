"""The pages a person sees: consent, its error, and the front page of the toy. Plain HTML, no script, nothing from outside.

All that comes from the address goes through ``escape``.
"""

# ruff: noqa: E501 - markup reads better unbroken

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zbdesk.demo.company import Company
    from zbdesk.demo.credentials import Credentials

_AREAS = {
    "contacts": "Customers and vendors", "settings": "Organization settings, items and taxes", "estimates": "Estimates", "invoices": "Invoices",
    "customerpayments": "Payments received", "creditnotes": "Credit notes", "projects": "Projects and time", "expenses": "Expenses",
    "salesorders": "Sales orders", "purchaseorders": "Purchase orders", "bills": "Bills", "debitnotes": "Vendor credits",
    "vendorpayments": "Payments made", "banking": "Bank accounts and transactions", "accountants": "Accounts and journals",
    "fixedasset": "Fixed assets", "custommodules": "Custom modules", "reports": "Reports", "fullaccess": "Everything in Zoho Books",
}  # fmt: skip
_DEEDS = {
    "read": "view",
    "create": "create",
    "update": "change",
    "delete": "delete",
    "all": "view, create, change and delete",
}
_DEED_ORDER = tuple(_DEEDS)

_STYLE = """
:root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--text:#1c2430;--soft:#5b6676;--line:#dfe3e9;--accent:#1f5fd0;--on:#fff;--warn:#fff4e0;--warnline:#e8b04b}
@media (prefers-color-scheme:dark){:root{--bg:#14181e;--card:#1d232b;--text:#e8ecf2;--soft:#9ba7b6;--line:#333c48;--accent:#6ea2ff;--on:#0d1420;--warn:#33291a;--warnline:#8a6a2c}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:34rem;margin:2.5rem auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:10px}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .4rem}h2{font-size:1rem;margin:1.5rem 0 .5rem}p{margin:.4rem 0}.soft{color:var(--soft);font-size:.92rem}
.brand{display:flex;justify-content:space-between;color:var(--soft);font-size:.92rem;margin-bottom:1.5rem;padding-bottom:1rem;border-bottom:1px solid var(--line)}
.user{display:flex;gap:.75rem;align-items:center}.dot{width:2.4rem;height:2.4rem;border-radius:50%;background:var(--accent);color:var(--on);display:grid;place-items:center;font-weight:600}
ul{list-style:none;padding:0;margin:0}li,label.row{display:flex;gap:.75rem;padding:.5rem 0;border-bottom:1px solid var(--line)}li>span:first-child{flex:1}
label.row{cursor:pointer;align-items:flex-start}label.row small{display:block;color:var(--soft)}input{width:1.1rem;height:1.1rem;margin:.2rem 0 0;accent-color:var(--accent)}
.buttons{display:flex;gap:.75rem;margin-top:1.75rem}button{font:inherit;padding:.6rem 1.5rem;border-radius:6px;border:1px solid var(--line);background:transparent;color:var(--text);cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.note{background:var(--warn);border:1px solid var(--warnline);border-radius:6px;padding:.6rem .8rem;margin:1rem 0}code,pre{font:.9rem ui-monospace,Consolas,monospace}
pre{overflow:auto;background:var(--bg);padding:.8rem;border-radius:6px}dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}a{color:var(--accent)}
"""


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head><body><main>{body}</main></body></html>'
    )


def scopes_in_words(scopes: Iterable[str]) -> list[tuple[str, str]]:
    """(area, what may be done) for each area asked for, in a fixed order."""
    deeds: dict[str, set[str]] = defaultdict(set)
    for scope in scopes:
        _, area, deed = scope.split(".", 2)
        deeds[area.lower()].add(deed.lower())
    areas = sorted(deeds, key=lambda area: (list(_AREAS).index(area) if area in _AREAS else len(_AREAS), area))
    return [
        (_AREAS.get(area, area), ", ".join(_DEEDS.get(deed, deed) for deed in sorted(deeds[area], key=_rank)))
        for area in areas
    ]


def _rank(deed: str) -> int:
    return _DEED_ORDER.index(deed) if deed in _DEED_ORDER else len(_DEED_ORDER)


def consent(company: Company, scopes: Iterable[str], query: str, *, nothing_chosen: bool = False) -> str:
    """The consent page for Anita Rao."""
    rows = "".join(
        f"<li><span>{escape(area)}</span><span class=soft>{escape(deeds)}</span></li>"
        for area, deeds in scopes_in_words(scopes)
    )
    organizations = "".join(
        f'<label class=row><input type=checkbox name=organization value="{org.id}" checked><span>{escape(org.profile.name)}'
        f"<small>{org.id} · {escape(org.profile.country)} · {org.profile.currency_code} · {escape(org.profile.plan)}</small></span></label>"
        for org in company.organizations.values()
    )
    warning = "<p class=note role=alert>Choose at least one organization, or reject.</p>" if nothing_chosen else ""
    return _page(
        "Allow zbdesk – demo accounts",
        "<div class=brand><strong>Demo accounts</strong><span>A toy on this computer, not Zoho</span></div>"
        "<div class=user><span class=dot aria-hidden=true>AR</span><div><strong>Anita Rao</strong><div class=soft>anita.rao@meridian-spices.example</div></div></div>"
        "<h1 style=margin-top:1.5rem>zbdesk would like to use your Zoho Books</h1>"
        f'<p class=soft>It asks for the following:</p><ul>{rows}</ul>{warning}<form method=post action="?{escape(query, quote=True)}">'
        f"<h2>In these organizations</h2>{organizations}"
        "<div class=buttons><button class=primary name=decision value=accept>Accept</button><button name=decision value=reject>Reject</button></div></form>"
        "<p class=soft style=margin-top:1.25rem>You can take this back at any time under Connected apps.</p>",
    )


def refused(title: str, text: str) -> str:
    """The accounts server's error page."""
    return _page(
        f"{title} – demo accounts",
        f"<div class=brand><strong>Demo accounts</strong></div><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        "<p class=soft>Go back to the application and check what it is set up with. Nothing was shared.</p>",
    )


def front(company: Company, credentials: Credentials) -> str:
    """What this server is, and how to connect to it."""
    organizations = "".join(
        f"<dt>{org.id}</dt><dd>{escape(org.profile.name)} <span class=soft>({org.profile.currency_code}, {sum(len(c) for c in org.collections.values()):,} records)</span></dd>"
        for org in company.organizations.values()
    )
    url, client_id, secret = (
        escape(credentials.accounts_url),
        escape(credentials.client_id),
        escape(credentials.client_secret),
    )
    code = escape(credentials.grant_code())
    command = (
        f"printf %s '{secret}' &gt; demo-secret.txt\nzbdesk --data-dir demo-data connect --region custom --accounts-url {url} --api-url {url} \\\n"
        f"  --client-id {client_id} --client-secret-file demo-secret.txt --organization {next(iter(company.organizations))} \\\n  --grant-code {code}"
    )
    return _page(
        "The demo company",
        "<h1>The demo company of zbdesk</h1><p>A small Zoho Books of its own. It listens on this computer only, its books are invented, and nothing here reaches Zoho.</p>"
        f"<h2>Organizations</h2><dl>{organizations}</dl><h2>Connect with</h2><dl><dt>Accounts address</dt><dd><code>{url}</code></dd><dt>API address</dt><dd><code>{url}</code></dd>"
        f"<dt>Client ID</dt><dd><code>{client_id}</code></dd><dt>Client secret</dt><dd><code>{secret}</code></dd><dt>Grant code</dt><dd><code>{code}</code><br><span class=soft>for one use within ten minutes; reload for another</span></dd>"
        f"<dt>Redirect URIs</dt><dd>{'<br>'.join(f'<code>{escape(uri)}</code>' for uri in credentials.redirect_uris)}</dd></dl><h2>On the command line</h2><pre>{command}</pre>"
        "<p class=soft>In the window: choose “Look around with the demo company”.</p>",
    )
