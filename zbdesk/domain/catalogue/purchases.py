"""What the company buys: orders, bills, vendor payments and credits, expenses, and what recurs of them."""

from __future__ import annotations

from zbdesk.domain.catalogue import fields
from zbdesk.domain.catalogue.words import (
    ALL_METHODS,
    APPROVAL,
    EMAIL,
    EVERYTHING,
    actions,
    choices,
    filtered,
    statuses,
    words,
)
from zbdesk.domain.module import Delta, Module, ModuleAction, Section

_VENDOR = ("vendor_id", "contacts")
_CURRENCY = ("currency_id", "currencies")
_LOCATION = ("location_id", "locations")

PURCHASEORDERS = Module(
    name="purchaseorders",
    label="Purchase orders",
    singular="Purchase order",
    section=Section.PURCHASES,
    path="/purchaseorders",
    list_keys=("purchaseorders",),
    detail_keys=("purchaseorder",),
    id_field="purchaseorder_id",
    number_fields=("purchaseorder_number",),
    scope="purchaseorders",
    delta=Delta.WALK,
    date_field="date",
    due_date_field="delivery_date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    total_field="total",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("vendor_name purchaseorder_number date delivery_date total created_time"),
    newest_sort="created_time",
    filters=words(
        "purchaseorder_number reference_number date status item_description vendor_name total vendor_id "
        "last_modified_time item_id filter_by search_text custom_field"
    ),
    filter_by=statuses("All Draft Open Billed Cancelled"),
    references=(_VENDOR, _CURRENCY, ("salesorder_id", "salesorders"), _LOCATION),
    write_fields=fields.PURCHASEORDERS,
    required=words("vendor_id line_items"),
    methods=ALL_METHODS,
    actions=(
        *actions("status/open status/billed status/cancelled"),
        *APPROVAL,
        ModuleAction("reject", "reject", permission="UPDATE"),
        EMAIL,
    ),
    unique_key=True,
    own_number_flag=True,
    custom_fields_path="/purchaseorder/{id}/customfields",
)

BILLS = Module(
    name="bills",
    label="Bills",
    singular="Bill",
    section=Section.PURCHASES,
    path="/bills",
    list_keys=("bills",),
    detail_keys=("bill",),
    id_field="bill_id",
    number_fields=("bill_number",),
    scope="bills",
    delta=Delta.WALK,
    date_field="date",
    due_date_field="due_date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("vendor_name bill_number date due_date total balance created_time"),
    newest_sort="created_time",
    filters=words(
        "bill_number reference_number date status description vendor_name total vendor_id item_id recurring_bill_id "
        "purchaseorder_id last_modified_time filter_by search_text"
    ),
    filter_by=statuses("All PartiallyPaid Paid Overdue Void Open"),
    references=(_VENDOR, _CURRENCY, ("recurring_bill_id", "recurringbills"), _LOCATION),
    write_fields=fields.BILLS,
    required=words("vendor_id bill_number"),
    methods=ALL_METHODS,
    actions=(
        *actions("status/void status/open"),
        *APPROVAL,
        ModuleAction("apply_credits", "credits"),
        ModuleAction("remove_payment", "payments/{child_id}", method="DELETE"),
    ),
    unique_key=True,
    custom_fields_path="/bill/{id}/customfields",
)

VENDORPAYMENTS = Module(
    name="vendorpayments",
    label="Vendor payments",
    singular="Vendor payment",
    section=Section.PURCHASES,
    path="/vendorpayments",
    list_keys=("vendorpayments",),
    detail_keys=("vendorpayment",),
    id_field="payment_id",
    number_fields=("payment_number",),
    scope="vendorpayments",
    delta=Delta.WALK,
    date_field="date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    status_field=None,
    total_field="amount",
    balance_field="balance",
    reference_field="reference_number",
    list_params=filtered("PaymentMode.All"),
    sorts=words("vendor_name date reference_number amount balance"),
    newest_sort="date",
    filters=words(
        "vendor_name reference_number payment_number date amount payment_mode notes vendor_id last_modified_time "
        "bill_id description filter_by search_text"
    ),
    filter_by=choices(
        "PaymentMode",
        "All Check Cash BankTransfer Paypal CreditCard GoogleCheckout Credit Authorizenet BankRemittance Payflowpro "
        "Others",
    ),
    references=(_VENDOR, ("paid_through_account_id", "bankaccounts"), _LOCATION),
    write_fields=fields.VENDORPAYMENTS,
    required=("amount",),
    methods=ALL_METHODS,
    actions=(
        EMAIL,
        ModuleAction("refund", "refunds"),
        ModuleAction("update_refund", "refunds/{child_id}", method="PUT"),
        ModuleAction("delete_refund", "refunds/{child_id}", method="DELETE"),
    ),
    unique_key=True,
)

VENDORCREDITS = Module(
    name="vendorcredits",
    label="Vendor credits",
    singular="Vendor credit",
    section=Section.PURCHASES,
    path="/vendorcredits",
    list_keys=("vendorcredits", "vendor_credits"),
    detail_keys=("vendor_credit",),
    id_field="vendor_credit_id",
    number_fields=("vendor_credit_number",),
    scope="debitnotes",
    delta=Delta.WALK,
    date_field="date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("vendor_name vendor_credit_number balance total date created_time last_modified_time reference_number"),
    newest_sort="created_time",
    filters=words(
        "vendor_credit_number date status total reference_number customer_name item_name item_description notes "
        "custom_field last_modified_time customer_id line_item_id item_id tax_id filter_by search_text"
    ),
    filter_by=statuses("All Open Draft Closed Void"),
    references=(_VENDOR, _CURRENCY, _LOCATION),
    write_fields=fields.VENDORCREDITS,
    required=("vendor_id",),
    methods=ALL_METHODS,
    actions=(
        *actions("status/open status/void"),
        *APPROVAL,
        ModuleAction("apply_to_bills", "bills"),
        ModuleAction("remove_bill", "bills/{child_id}", method="DELETE"),
        ModuleAction("refund", "refunds"),
        ModuleAction("update_refund", "refunds/{child_id}", method="PUT"),
        ModuleAction("delete_refund", "refunds/{child_id}", method="DELETE"),
    ),
    own_number_flag=True,
)

EXPENSES = Module(
    name="expenses",
    label="Expenses",
    singular="Expense",
    section=Section.PURCHASES,
    path="/expenses",
    list_keys=("expenses",),
    detail_keys=("expense",),
    id_field="expense_id",
    # Expenses need no number of their own: without one, what it was spent on tells it apart best.
    number_fields=("reference_number", "account_name"),
    scope="expenses",
    delta=Delta.WALK,
    date_field="date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    total_field="total",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("date account_name total bcy_total reference_number customer_name created_time"),
    newest_sort="created_time",
    filters=words(
        "description reference_number date status amount account_name customer_name vendor_name customer_id vendor_id "
        "recurring_expense_id paid_through_account_id search_text filter_by"
    ),
    filter_by=statuses("All Billable Nonbillable Reimbursed Invoiced Unbilled"),
    references=(
        _VENDOR,
        ("customer_id", "contacts"),
        ("account_id", "chartofaccounts"),
        ("paid_through_account_id", "chartofaccounts"),
        ("project_id", "projects"),
        ("tax_id", "taxes"),
        _CURRENCY,
        _LOCATION,
    ),
    write_fields=fields.EXPENSES,
    required=words("date account_id amount paid_through_account_id"),
    methods=ALL_METHODS,
    unique_key=True,
)

RECURRINGBILLS = Module(
    name="recurringbills",
    label="Recurring bills",
    singular="Recurring bill",
    section=Section.PURCHASES,
    path="/recurringbills",
    list_keys=("recurringbills",),
    detail_keys=("recurring_bill",),
    id_field="recurring_bill_id",
    number_fields=("recurrence_name",),
    scope="bills",
    date_field="start_date",
    due_date_field="end_date",
    party_field="vendor_name",
    party_id_field="vendor_id",
    filters=words(
        "recurring_bill_id vendor_id vendor_name status recurrence_name currency_id currency_code currency_symbol "
        "start_date end_date source_of_supply place_of_supply destination_of_supply gst_treatment gst_no "
        "tax_treatment vat_treatment vat_reg_no is_abn_quoted abn is_reverse_charge_applied pricebook_id "
        "pricebook_name is_inclusive_tax line_items is_tds_applied notes terms payment_terms payment_terms_label "
        "custom_fields acquisition_vat_summary reverse_charge_vat_summary acquisition_vat_total "
        "reverse_charge_vat_total created_time created_by_id last_modified_time discount discount_account_id "
        "is_discount_before_tax"
    ),
    references=(_VENDOR, _CURRENCY, _LOCATION),
    write_fields=fields.RECURRINGBILLS,
    required=words("vendor_id recurrence_name start_date repeat_every recurrence_frequency"),
    methods=ALL_METHODS,
    actions=actions("status/stop status/resume"),
    unique_key=True,
    by_default=False,
    # Its upsert is documented under the settings' scope.
    extra_scopes=("ZohoBooks.settings.UPDATE",),
)

RECURRINGEXPENSES = Module(
    name="recurringexpenses",
    label="Recurring expenses",
    singular="Recurring expense",
    section=Section.PURCHASES,
    path="/recurringexpenses",
    list_keys=("recurring_expenses",),
    detail_keys=("recurring_expense",),
    id_field="recurring_expense_id",
    number_fields=("recurrence_name",),
    scope="expenses",
    date_field="last_created_date",
    due_date_field="next_expense_date",
    party_field="customer_name",
    total_field="total",
    reference_field="account_name",
    list_params=EVERYTHING,
    sorts=words("next_expense_date account_name total last_created_date recurrence_name customer_name created_time"),
    newest_sort="created_time",
    filters=words(
        "recurrence_name last_created_date next_expense_date status account_id account_name amount customer_name "
        "customer_id paid_through_account_id filter_by search_text"
    ),
    filter_by=statuses("All Active Expired Stopped"),
    references=(
        ("account_id", "chartofaccounts"),
        ("customer_id", "contacts"),
        ("project_id", "projects"),
        ("tax_id", "taxes"),
        _CURRENCY,
        _LOCATION,
    ),
    write_fields=fields.RECURRINGEXPENSES,
    required=words("account_id recurrence_name start_date recurrence_frequency repeat_every amount"),
    methods=ALL_METHODS,
    actions=actions("status/stop status/resume"),
    unique_key=True,
    by_default=False,
)

DECLARATIONS = (
    PURCHASEORDERS,
    BILLS,
    VENDORPAYMENTS,
    VENDORCREDITS,
    EXPENSES,
    RECURRINGBILLS,
    RECURRINGEXPENSES,
)
