"""Who the company deals with and what it deals in: contacts, their persons, items.

Customers and vendors share one list; ``contact_type`` tells them apart.
"""

from __future__ import annotations

from zbdesk.domain.catalogue import fields
from zbdesk.domain.catalogue.words import ALL_METHODS, EMAIL, EVERYTHING, actions, activation, choices, statuses, words
from zbdesk.domain.module import Delta, Feed, Module, ModuleAction, Section

CONTACTS = Module(
    name="contacts",
    label="Contacts",
    singular="Contact",
    section=Section.SALES,
    path="/contacts",
    list_keys=("contacts",),
    detail_keys=("contact",),
    id_field="contact_id",
    number_fields=("contact_name",),
    scope="contacts",
    delta=Delta.WALK,
    party_field="company_name",
    # What they owe. What is owed to them stands only in the payload: one column, one meaning.
    balance_field="outstanding_receivable_amount",
    reference_field="email",
    list_params=EVERYTHING,
    sorts=words(
        "contact_name first_name last_name email outstanding_receivable_amount created_time last_modified_time"
    ),
    newest_sort="created_time",
    filters=words(
        "contact_name company_name first_name last_name address email phone filter_by search_text "
        "zcrm_contact_id zcrm_account_id zcrm_vendor_id contact_type"
    ),
    filter_by=(
        *statuses("All Active Inactive Duplicate PortalEnabled PortalDisabled CreditLimitExceed Crm"),
        *choices("Invoice", "OverDue Unpaid"),
    ),
    references=(("currency_id", "currencies"), ("tax_id", "taxes")),
    write_fields=fields.CONTACTS,
    required=("contact_name",),
    methods=ALL_METHODS,
    actions=(
        *activation(),
        ModuleAction("portal_enable", "portal/enable", mails=True),
        *actions("paymentreminder/enable paymentreminder/disable track1099 untrack1099"),
        ModuleAction("statements_email", "statements/email", mails=True),
        EMAIL,
        ModuleAction("add_address", "address"),
        ModuleAction("update_address", "address/{child_id}", method="PUT"),
        ModuleAction("delete_address", "address/{child_id}", method="DELETE"),
    ),
    unique_key=True,
)

CONTACT_PERSONS = Module(
    name="contact_persons",
    label="Contact persons",
    singular="Contact person",
    section=Section.SALES,
    path="/contacts/{parent_id}/contactpersons",
    write_path="/contacts/contactpersons",
    list_keys=("contact_persons",),
    detail_keys=("contact_person",),
    id_field="contact_person_id",
    number_fields=("first_name", "last_name", "email"),
    scope="contacts",
    feed=Feed.NESTED,
    party_field="last_name",
    status_field=None,
    currency_field=None,
    reference_field="email",
    modified_field=None,
    rows_complete=True,
    parent="contacts",
    references=(("contact_id", "contacts"),),
    write_fields=fields.CONTACT_PERSONS,
    required=("first_name",),
    methods=ALL_METHODS,
    actions=actions("primary"),
    by_default=False,
)

ITEMS = Module(
    name="items",
    label="Items",
    singular="Item",
    section=Section.SALES,
    path="/items",
    list_keys=("items",),
    detail_keys=("item",),
    id_field="item_id",
    number_fields=("name", "sku"),
    scope="settings",
    delta=Delta.WALK,
    # Rates are in the organization's own currency; rows do not name it.
    currency_field=None,
    total_field="rate",
    reference_field="sku",
    list_params=EVERYTHING,
    sorts=words("name rate tax_name"),
    sorts_seen=("last_modified_time",),
    filters=words(
        "name description rate tax_id tax_name is_taxable tax_exemption_id account_id filter_by search_text "
        "sat_item_key_code unitkey_code"
    ),
    filter_by=statuses("All Active Inactive"),
    references=(
        ("account_id", "chartofaccounts"),
        ("purchase_account_id", "chartofaccounts"),
        ("tax_id", "taxes"),
        ("vendor_id", "contacts"),
    ),
    write_fields=fields.ITEMS,
    required=words("name rate"),
    methods=ALL_METHODS,
    actions=activation(),
    unique_key=True,
    custom_fields_path="/item/{id}/customfields",
)

DECLARATIONS = (CONTACTS, CONTACT_PERSONS, ITEMS)
