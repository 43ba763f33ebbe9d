"""The catalogue as its readers use it: names, order, permissions, and that each declaration agrees with itself."""

from __future__ import annotations

import pytest

from zbdesk.domain.catalogue import sales
from zbdesk.domain.catalogue.words import word_set
from zbdesk.domain.errors import Action
from zbdesk.domain.module import Delta, Feed, Module, ModuleAction, Section
from zbdesk.domain.modules import MODULES, READ_SCOPES, WRITE_SCOPES, UnknownModule, module, scopes_for

ALL = list(MODULES.values())
BY_NAME = {"ids": lambda declared: declared.name}


@pytest.fixture(params=ALL, **BY_NAME)
def declared(request: pytest.FixtureRequest) -> Module:
    """Each module of the catalogue in turn."""
    return request.param


def test_all_modules_are_there() -> None:
    """The catalogue has every resource that Zoho Books lists records of."""
    assert set(MODULES) == word_set(
        """
        organizations currencies exchange_rates taxes tax_groups users locations opening_balances contacts
        contact_persons items estimates salesorders invoices debit_notes customerpayments creditnotes
        creditnote_refunds retainerinvoices salesreceipts recurringinvoices purchaseorders bills vendorpayments
        vendorcredits expenses recurringbills recurringexpenses chartofaccounts journals base_currency_adjustments
        fixedassets bankaccounts banktransactions projects tasks time_entries
        """
    )


def test_first_load_starts_with_what_the_rest_refers_to() -> None:
    """Settings come first, then contacts and items, then sales, purchases, books, banks and projects."""
    order = list(MODULES)
    landmarks = ["currencies", "taxes", "contacts", "items", "invoices", "bills", "chartofaccounts", "bankaccounts"]
    assert sorted(landmarks, key=order.index) == landmarks
    for parent, child in ((d.parent, d.name) for d in ALL if d.parent):
        assert order.index(parent) < order.index(child)


def test_modules_cannot_be_changed() -> None:
    """The catalogue is a constant: nobody adds to it while the program runs."""
    with pytest.raises(TypeError):
        MODULES["x"] = sales.INVOICES  # type: ignore[index]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("invoices", "invoices"),
        ("Invoice", "invoices"),
        ("customer_payments", "customerpayments"),
        ("credit-notes", "creditnotes"),
        ("Sales Orders", "salesorders"),
        ("chart_of_accounts", "chartofaccounts"),
        ("vendor_credits", "vendorcredits"),
        ("quotes", "estimates"),
        ("customers", "contacts"),
        ("vendors", "contacts"),
        ("base currency adjustment", "base_currency_adjustments"),
        ("contactpersons", "contact_persons"),
        ("Time entry", "time_entries"),
        ("payments received", "customerpayments"),
    ],
)
def test_modules_are_found_by_any_spelling(spelling: str, name: str) -> None:
    """Case, spaces, hyphens, underscores and the common other words all lead to the one declaration."""
    assert module(spelling) is MODULES[name]


@pytest.mark.parametrize("spelling", ["", "invoicez", "___"])
def test_unknown_module_names_the_known_ones(spelling: str) -> None:
    """Who mistypes a module is told what there is."""
    with pytest.raises(UnknownModule, match="invoices") as caught:
        module(spelling)
    assert caught.value.subject == spelling
    assert caught.value.action is Action.CHECK_SETTINGS


def test_names_and_labels_are_unique() -> None:
    """No two modules answer to the same word."""
    for words in ([d.label for d in ALL], [d.singular for d in ALL]):
        assert len(set(words)) == len(ALL)


def test_writing_needs_no_field_that_cannot_be_sent(declared: Module) -> None:
    """What a create must hold may be sent; a required member of an address is the one exception."""
    assert set(declared.required) - declared.write_fields <= {"country"}


def test_no_field_mails_anybody(declared: Module) -> None:
    """Nothing that sends mail or opens the portal is among the fields that are ever sent."""
    assert not declared.write_fields & {"send", "is_portal_enabled", "enable_portal"}


def test_references_lead_to_modules(declared: Module) -> None:
    """A record refers to modules of the catalogue, by fields that it has."""
    assert {target for _, target in declared.references} <= set(MODULES)
    assert declared.parent is None or declared.parent in MODULES


IDS = {
    "customer_id": {"contacts"},
    "vendor_id": {"contacts"},
    "contact_id": {"contacts"},
    "currency_id": {"currencies"},
    "tax_id": {"taxes"},
    "account_id": {"chartofaccounts", "bankaccounts"},
    "location_id": {"locations"},
    "project_id": {"projects"},
    "task_id": {"tasks"},
    "estimate_id": {"estimates"},
    "salesorder_id": {"salesorders"},
    "recurring_invoice_id": {"recurringinvoices"},
    "recurring_bill_id": {"recurringbills"},
}


def test_every_id_that_is_written_is_a_reference(declared: Module) -> None:
    """A record whose customer, account or tax is not in Zoho yet waits for it: no reference is forgotten."""
    references = dict(declared.references)
    for name in declared.write_fields & IDS.keys() - {declared.id_field}:
        assert references[name] in IDS[name], name


def test_walked_modules() -> None:
    """Whatever carries the time of its change and might be sorted by it is walked; the echo decides in the end."""
    assert {declared.name for declared in ALL if declared.delta is Delta.WALK} == word_set(
        """
        contacts items estimates salesorders invoices customerpayments creditnotes purchaseorders bills vendorpayments
        vendorcredits expenses journals
        """
    )


def test_paths_and_feeds_agree(declared: Module) -> None:
    """A path with a parent in it is read with that parent, and only then."""
    paths = f"{declared.path}{declared.detail_path or ''}{declared.write_path or ''}"
    assert ("{parent_id}" not in paths) or declared.parent
    assert ("{parent_id}" not in declared.path) or declared.feed is Feed.NESTED
    assert declared.path.startswith("/")


def test_walks_have_stamps(declared: Module) -> None:
    """Only a module whose rows carry the time of their change can be walked by it."""
    if declared.delta is Delta.WALK:
        assert declared.modified_field == "last_modified_time"
        assert declared.feed is Feed.PAGED


def test_newest_first_is_a_sort(declared: Module) -> None:
    """The sort that puts new records first is one that Zoho documents."""
    assert declared.newest_sort is None or declared.newest_sort in declared.sorts


def test_lists_hide_nothing(declared: Module) -> None:
    """Where Zoho has a word for everything it is always sent, since its own default may leave rows out."""
    everything = {value for value in declared.filter_by if value.endswith(".All")}
    if declared.filter_must_echo:
        everything = set(declared.filter_by)
    assert set(declared.list_params) == {("filter_by", value) for value in everything}


def test_a_silently_ignored_filter_is_only_guarded_where_it_tells_modules_apart() -> None:
    """Of the modules that share a path, all but one insist on the echo of their filter."""
    by_path: dict[str, list[Module]] = {}
    for declared in ALL:
        by_path.setdefault(declared.path, []).append(declared)
    for sharing in by_path.values():
        assert sum(not declared.filter_must_echo for declared in sharing) == 1


def test_unique_keys_are_the_fifteen_documented_modules() -> None:
    """Creating by our own key is claimed for no module that lacks it."""
    assert {d.name for d in ALL if d.unique_key} == word_set(
        """
        contacts items estimates salesorders invoices recurringinvoices creditnotes customerpayments purchaseorders
        bills recurringbills vendorpayments expenses recurringexpenses projects
        """
    )


def test_proposed_modules_are_the_daily_ones() -> None:
    """The wizard proposes what every company keeps; the rest costs calls on each pass and is chosen by hand."""
    assert {declared.name for declared in ALL if declared.by_default} == word_set(
        """
        currencies taxes contacts items estimates salesorders invoices customerpayments creditnotes purchaseorders
        bills vendorpayments vendorcredits expenses chartofaccounts journals bankaccounts banktransactions
        """
    )


def test_rows_that_hold_everything() -> None:
    """Details are never read where a row has it all: small settings, and what is shown below its parent."""
    assert {declared.name for declared in ALL if declared.rows_complete} == word_set(
        "currencies exchange_rates locations opening_balances contact_persons creditnote_refunds"
    )


def test_every_record_has_something_to_be_called_by(declared: Module) -> None:
    """A table's first column is never empty by declaration."""
    assert declared.number_fields
    assert declared.label
    assert declared.singular


def test_proposed_modules_need_the_usual_permissions_only() -> None:
    """What the wizard proposes is readable with the ordinary consent, is listed by itself and is in every section."""
    proposed = [declared for declared in ALL if declared.by_default]
    assert {declared.read_scope for declared in proposed} <= set(READ_SCOPES)
    assert all(declared.listed and declared.feed is not Feed.NESTED for declared in proposed)
    assert {declared.section for declared in proposed} >= set(Section) - {Section.PROJECTS}


def test_only_what_is_listed_has_list_keys(declared: Module) -> None:
    """Without a list call there is no list node to look for, and nothing to propose."""
    assert declared.listed == bool(declared.list_keys)
    assert declared.listed or not declared.by_default


def test_action_names_are_unique(declared: Module) -> None:
    """One name, one action."""
    names = [action.name for action in declared.actions]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("action", "needs"),
    [
        (ModuleAction("void", "status/void"), "CREATE"),
        (ModuleAction("remove", "payments/{child_id}", method="DELETE"), "DELETE"),
        (ModuleAction("template", "templates/{child_id}", method="PUT"), "UPDATE"),
        (ModuleAction("reject", "reject", permission="UPDATE"), "UPDATE"),
    ],
)
def test_actions_need_what_their_method_says(action: ModuleAction, needs: str) -> None:
    """A status action needs CREATE; where Zoho documents another permission, that one."""
    assert action.needs == needs


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("invoices", "/invoices/7"),
        ("contact_persons", "/contacts/9/contactpersons/7"),
        ("creditnote_refunds", "/creditnotes/9/refunds/7"),
        ("exchange_rates", "/settings/currencies/9/exchangerates/7"),
        ("tax_groups", "/settings/taxgroups/7"),
    ],
)
def test_path_of_one_record(name: str, path: str) -> None:
    """A record's path holds its own id, and its parent's where it has one."""
    assert MODULES[name].item_path("7", "9") == path


def test_read_scopes_are_the_minimum() -> None:
    """Reading asks for fifteen areas, READ only."""
    assert len(READ_SCOPES) == 15
    assert all(scope.startswith("ZohoBooks.") and scope.endswith(".READ") for scope in READ_SCOPES)


def test_write_scopes_never_delete() -> None:
    """Writing adds CREATE and UPDATE for what the company issues, and no right to delete."""
    assert len(WRITE_SCOPES) == 26
    assert {scope.rpartition(".")[2] for scope in WRITE_SCOPES} == {"CREATE", "UPDATE"}


def test_all_proposed_modules_read_only() -> None:
    """A read-only consent asks for READ and nothing else, projects aside since they are not proposed."""
    asked = scopes_for([name for name, declared in MODULES.items() if declared.by_default], write=False)
    assert set(asked) == set(READ_SCOPES) - {"ZohoBooks.projects.READ"}


def test_scopes_of_a_choice_are_the_least() -> None:
    """Only what was chosen is asked for, settings always: organizations are among them."""
    assert scopes_for(["Invoices"], write=False) == ("ZohoBooks.settings.READ", "ZohoBooks.invoices.READ")
    assert scopes_for([], write=False) == ("ZohoBooks.settings.READ",)


def test_scopes_of_writing_keep_to_what_is_written() -> None:
    """Banks are only read even when writing is on; upserts bring the scope that Zoho documents."""
    asked = scopes_for(["creditnotes", "banktransactions"], write=True)
    assert "ZohoBooks.creditnotes.CREATE" in asked
    assert "ZohoBooks.invoices.UPDATE" in asked
    assert "ZohoBooks.banking.CREATE" not in asked
    assert not any(scope.endswith("DELETE") for scope in asked)


def test_deleting_is_asked_for_only_when_chosen() -> None:
    """The right to delete comes with its own switch and never to a read-only connection."""
    assert "ZohoBooks.invoices.DELETE" in scopes_for(["invoices"], write=True, delete=True)
    assert "ZohoBooks.invoices.DELETE" not in scopes_for(["invoices"], write=False, delete=True)
    assert "ZohoBooks.settings.DELETE" not in scopes_for(["invoices"], write=True, delete=True)


def test_what_documents_are_made_for_is_asked_for() -> None:
    """Each kind of document that is brought to Zoho Books can be with the permissions that a sign-in asks for."""
    asked = scopes_for(MODULES, write=True)
    pushed = (
        "contacts items estimates salesorders invoices customerpayments creditnotes expenses bills vendorpayments "
        "purchaseorders vendorcredits journals"
    )
    for name in pushed.split():
        assert {f"ZohoBooks.{module(name).scope}.{verb}" for verb in ("CREATE", "UPDATE")} <= set(asked), name


def test_scopes_come_once_each() -> None:
    """A scope shared by modules is asked for once."""
    asked = scopes_for(MODULES, write=True, delete=True)
    assert len(set(asked)) == len(asked)


def test_scopes_of_an_unknown_module() -> None:
    """A misspelt module is refused before anybody is asked to consent."""
    with pytest.raises(UnknownModule):
        scopes_for(["invoicez"], write=False)
