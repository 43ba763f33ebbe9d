"""Customers, vendors, their contact persons, and the items that are sold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zbdesk.demo import words
from zbdesk.demo.collection import Fields, Record

if TYPE_CHECKING:
    from zbdesk.demo.seed import Sower

_TERMS = ((0, "Due on Receipt"), (15, "Net 15"), (30, "Net 30"), (45, "Net 45"))
_STREETS = ("Market Road", "Station Road", "MG Road", "Harbour Street", "Mill Lane")
_DIAL = {"India": "91 22", "United Kingdom": "44 1273"}


def sow(sower: Sower) -> None:
    """Parties and items."""
    _contacts(sower)
    _items(sower)


def _contacts(sower: Sower) -> None:
    wanted = sower.sizes["contacts"]
    india = sower.org.profile.edition == "india"
    vendor_names = words.VENDORS if india else words.UK_VENDORS
    vendors = min(max(len(vendor_names) * wanted // 66, 2), max(wanted // 3, 1)) if wanted < 400 else wanted // 8
    faces = _faces(sower, wanted - vendors) + _vendor_faces(sower, vendors, vendor_names)
    people: list[Record] = []
    contacts = []
    for day, fields in zip(sower.days(len(faces)), _spread(sower, faces), strict=True):
        # Most of the company's business partners are older than its first documents shown here.
        created = sower.moment(day) if fields.pop("_new", False) else sower.moment(sower.first_day)
        contact = sower.record(fields, created, created + int(sower.rng.random() * 6_000_000))
        contact.modified = min(contact.modified, sower.now)
        contacts.append(contact)
        people.append(_person(sower, contact, primary=True))
        if sower.rng.random() < 0.25:
            people.append(_person(sower, contact, primary=False))
    sower.keep("contacts", contacts)
    sower.org["contact_persons"].fill(people)


def _spread(sower: Sower, faces: list[Fields]) -> list[Fields]:
    out = list(faces)
    sower.rng.shuffle(out)
    return out


def _faces(sower: Sower, count: int) -> list[Fields]:
    """Customers: the named ones first, then as many invented ones as are wanted, each with a name of its own."""
    india = sower.org.profile.edition == "india"
    out: list[Fields] = []
    for name, city, country, currency, person in (words.FOREIGN if india else words.UK_FOREIGN)[: max(count // 2, 1)]:
        out.append(_face(sower, name, city, "", country, currency, person))
    if india:
        out += [
            _face(sower, name, city, "", "India", "INR", "") for name, city in words.DEVANAGARI[: max(count // 6, 0)]
        ]
    else:
        out += [
            _face(sower, name, sower.rng.choice(words.UK_CITIES), "", "United Kingdom", "GBP", "")
            for name in words.UK_CLIENTS
        ]
    out = out[:count]
    taken = {face["contact_name"] for face in out}
    rng = sower.rng
    while len(out) < count:
        surname, trade = rng.choice(words.SURNAMES), rng.choice(words.TRADES)
        city, state, code, postal = rng.choice(words.CITIES)
        name = f"{surname} {trade}"
        if name in taken:
            name = f"{surname} {trade}, {city}"
        if name in taken:
            name = f"{surname} {trade}, {city} {len(out)}"
        taken.add(name)
        face = _face(sower, name, city, state, "India", "INR", f"{rng.choice(words.FIRST_NAMES)} {surname}")
        if not india:
            face["currency_code"] = "GBP"
        face["billing_address"]["zip"] = f"{postal}{rng.randint(1, 99):03d}"
        _india_tax(face, code, rng.randint(1000, 9999))
        out.append(face)
    for face in out[-max(count // 25, 1) :]:
        face["_new"] = True
    if count > 8:
        out[-2]["status"] = "inactive"
    return out


def _india_tax(face: Fields, code: str, number: int) -> None:
    face["gst_treatment"] = "business_gst"
    face["place_of_contact"] = code
    initial = face["contact_name"][0]
    letter = initial.upper() if initial.isascii() else "X"
    face["gst_no"] = f"{words.GST_STATE_NUMBERS[code]}AABC{letter}{number}K1Z5"


def _face(sower: Sower, name: str, city: str, state: str, country: str, currency: str, person: str) -> Fields:  # noqa: PLR0917
    rng = sower.rng
    days, label = rng.choice(_TERMS)
    first, _, last = (person or f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.SURNAMES)}").partition(" ")
    address = {
        "attention": f"{first} {last}",
        "address": f"{rng.randint(1, 180)}, {rng.choice(_STREETS)}",
        "street2": "",
        "city": city,
        "state": state,
        "zip": f"{rng.randint(10000, 99999)}",
        "country": country,
        "phone": "",
        "fax": "",
    }
    phone = f"+{_DIAL.get(country, '1 512')} {rng.randint(2000000, 9999999)}"
    return {
        "contact_name": name,
        "company_name": name,
        "contact_type": "customer",
        "customer_sub_type": "business",
        "status": "active",
        "payment_terms": days,
        "payment_terms_label": label,
        "currency_code": currency,
        "first_name": first,
        "last_name": last,
        "email": f"accounts{rng.randint(100, 99999)}@{_domain(name)}.example",
        "phone": phone,
        "mobile": "",
        "billing_address": address,
        "shipping_address": {**address, "attention": ""},
        "gst_treatment": "" if country == "India" else "overseas",
        "gst_no": "",
        "place_of_contact": "",
        "notes": "",
        "_state": state,
    }


def _domain(name: str) -> str:
    kept = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
    return kept[:16] or "kaisha"


def _vendor_faces(sower: Sower, count: int, names: tuple[str, ...]) -> list[Fields]:
    out = []
    for number in range(count):
        turn, at = divmod(number, len(names))
        name = names[at] if not turn else f"{names[at]} (unit {turn + 1})"
        city, state, code, _ = sower.rng.choice(words.CITIES)
        home = sower.org.profile
        face = _face(
            sower,
            name,
            city if home.edition == "india" else "London",
            state if home.edition == "india" else "",
            home.country,
            home.currency_code,
            "",
        )
        face["contact_type"] = "vendor"
        if home.edition == "india":
            _india_tax(face, code, sower.rng.randint(1000, 9999))
        if any(word in name for word in ("Ceylon", "Zanzibar", "CloudNine")):
            face["currency_code"], face["gst_treatment"], face["gst_no"] = "USD", "overseas", ""
        out.append(face)
    return out


def _person(sower: Sower, contact: Record, *, primary: bool) -> Record:
    fields = contact.fields
    first, last, email = fields["first_name"], fields["last_name"], fields["email"]
    if not primary:
        first, last = sower.rng.choice(words.FIRST_NAMES), sower.rng.choice(words.SURNAMES)
        email = email.replace("accounts", first.lower())
    return sower.record(
        {
            "contact_id": contact.id,
            "contact_name": fields["contact_name"],
            "salutation": "",
            "first_name": first,
            "last_name": last,
            "email": email,
            "phone": fields["phone"],
            "mobile": "",
            "is_primary_contact": primary,
            "designation": "Accounts" if primary else "Purchasing",
            "department": "",
            "communication_preference": {"is_email_enabled": True, "is_whatsapp_enabled": False},
        },
        contact.created,
    )


def _items(sower: Sower) -> None:
    org, rng = sower.org, sower.rng
    india = org.profile.edition == "india"
    base = [(*one, "goods") for one in words.SPICES] + [(*one, "service") for one in words.SERVICES]
    if not india:
        base = [
            (name, "", unit, rate, "goods" if unit in ("pcs", "box") else "service")
            for name, unit, rate in words.UK_SERVICES
        ]
    accounts = {account.get("account_name"): account for account in org["chartofaccounts"]}
    taxes = {tax.get("tax_name"): tax.id for tax in org["taxes"]}
    out = []
    for number in range(sower.sizes["items"]):
        turn, at = divmod(number, len(base))
        name, hsn, unit, rate, kind = base[at]
        grade = words.GRADES[turn] if turn < len(words.GRADES) else f", lot {turn}"
        price = (Decimal(rate) * (100 + 7 * turn) / 100).quantize(Decimal("0.01"))
        tax = taxes["GST18" if kind == "service" else "GST5"] if india else taxes["Standard Rate"]
        created = sower.moment(sower.first_day)
        out.append(
            sower.record(
                {
                    "name": name + grade,
                    "unit": unit,
                    "status": "inactive" if number % 29 == 28 else "active",
                    "description": "",
                    "rate": price,
                    "purchase_rate": (price * Decimal("0.62")).quantize(Decimal("0.01")),
                    "tax_id": tax,
                    "account_id": accounts["Sales"].id,
                    "account_name": "Sales",
                    "purchase_account_id": accounts["Cost of Goods Sold"].id,
                    "purchase_account_name": "Cost of Goods Sold",
                    "item_type": "sales_and_purchases",
                    "product_type": kind,
                    "sku": f"{''.join(w[0] for w in name.split() if w[0].isalpha()).upper()}-{number + 1:04d}",
                    "hsn_or_sac": hsn,
                    "is_taxable": True,
                },
                created,
                min(sower.now, created + int(rng.random() * 30_000_000)),
            )
        )
    sower.keep("items", out)
