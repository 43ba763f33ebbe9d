"""Bank accounts and what moved on them. Neither carries a stamp of its last change."""

from __future__ import annotations

from zbdesk.domain.catalogue import fields
from zbdesk.domain.catalogue.words import ALL_METHODS, EVERYTHING, activation, statuses, words
from zbdesk.domain.module import Module, ModuleAction, Section

BANKACCOUNTS = Module(
    name="bankaccounts",
    label="Bank accounts",
    singular="Bank account",
    section=Section.BANKING,
    path="/bankaccounts",
    list_keys=("bankaccounts",),
    detail_keys=("bankaccount",),
    id_field="account_id",
    number_fields=("account_name", "account_code"),
    scope="banking",
    party_field="bank_name",
    status_field="is_active",
    balance_field="balance",
    reference_field="account_number",
    modified_field=None,
    list_params=EVERYTHING,
    sorts=words("account_name account_type account_code"),
    filters=("filter_by",),
    filter_by=statuses("All Active Inactive"),
    references=(("currency_id", "currencies"),),
    write_fields=fields.BANKACCOUNTS,
    required=words("account_name account_type"),
    methods=ALL_METHODS,
    actions=activation(),
)

BANKTRANSACTIONS = Module(
    name="banktransactions",
    label="Bank transactions",
    singular="Bank transaction",
    section=Section.BANKING,
    path="/banktransactions",
    list_keys=("banktransactions",),
    detail_keys=("banktransaction",),
    id_field="transaction_id",
    number_fields=("reference_number", "transaction_type"),
    scope="banking",
    date_field="date",
    party_field="payee",
    party_id_field="customer_id",
    total_field="amount",
    reference_field="reference_number",
    modified_field=None,
    list_params=EVERYTHING,
    sorts=("date",),
    newest_sort="date",
    filters=words(
        "account_id transaction_type date amount status reference_number filter_by transaction_status search_text"
    ),
    filter_by=statuses("All Uncategorized Categorized ManuallyAdded Excluded Matched"),
    references=(
        ("account_id", "bankaccounts"),
        ("from_account_id", "chartofaccounts"),
        ("to_account_id", "chartofaccounts"),
        ("customer_id", "contacts"),
        ("currency_id", "currencies"),
        ("tax_id", "taxes"),
    ),
    write_fields=fields.BANKTRANSACTIONS,
    required=("transaction_type",),
    methods=ALL_METHODS,
    actions=(
        ModuleAction("unmatch", "unmatch"),
        ModuleAction("uncategorize", "uncategorize"),
    ),
)

DECLARATIONS = (BANKACCOUNTS, BANKTRANSACTIONS)
