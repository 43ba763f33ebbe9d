"""What the company issues: quotes, orders, invoices, debit notes, credit notes and their refunds, payments received."""

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

_CUSTOMER = ("customer_id", "contacts")
_CURRENCY = ("currency_id", "currencies")
_TAX = ("tax_id", "taxes")
_LOCATION = ("location_id", "locations")

ESTIMATES = Module(
    name="estimates",
    label="Estimates",
    singular="Estimate",
    section=Section.SALES,
    path="/estimates",
    list_keys=("estimates",),
    detail_keys=("estimate",),
    id_field="estimate_id",
    number_fields=("estimate_number",),
    scope="estimates",
    delta=Delta.WALK,
    date_field="date",
    due_date_field="expiry_date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("customer_name estimate_number date total created_time"),
    sorts_seen=("last_modified_time",),
    newest_sort="created_time",
    filters=words(
        "estimate_number reference_number customer_name total customer_id item_id item_name item_description "
        "custom_field expiry_date date status filter_by search_text zcrm_potential_id"
    ),
    filter_by=statuses("All Sent Draft Invoiced Accepted Declined Expired"),
    references=(_CUSTOMER, _CURRENCY, _TAX, ("project_id", "projects"), _LOCATION),
    write_fields=fields.ESTIMATES,
    required=words("customer_id line_items"),
    methods=ALL_METHODS,
    actions=(*actions("status/sent status/accepted status/declined"), *APPROVAL, EMAIL),
    unique_key=True,
    own_number_flag=True,
    custom_fields_path="/estimate/{id}/customfields",
)

SALESORDERS = Module(
    name="salesorders",
    label="Sales orders",
    singular="Sales order",
    section=Section.SALES,
    path="/salesorders",
    list_keys=("salesorders",),
    detail_keys=("salesorder",),
    id_field="salesorder_id",
    number_fields=("salesorder_number",),
    scope="salesorders",
    delta=Delta.WALK,
    date_field="date",
    due_date_field="shipment_date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words(
        "customer_name salesorder_number shipment_date last_modified_time reference_number total date created_time"
    ),
    newest_sort="created_time",
    filters=words(
        "search_text filter_by salesorder_number item_name item_id item_description reference_number customer_name "
        "total date shipment_date status customer_id salesperson_id salesorder_ids last_modified_time customview_id "
        "zcrm_potential_id"
    ),
    filter_by=statuses("All Open Draft OverDue PartiallyInvoiced Invoiced Void Closed"),
    references=(_CUSTOMER, _CURRENCY, _TAX, ("estimate_id", "estimates"), _LOCATION),
    write_fields=fields.SALESORDERS,
    required=("customer_id",),
    methods=ALL_METHODS,
    actions=(
        *actions("status/open status/void"),
        ModuleAction("substatus", "substatus/{child_id}"),
        *APPROVAL,
        EMAIL,
    ),
    unique_key=True,
    own_number_flag=True,
    custom_fields_path="/salesorder/{id}/customfields",
)

INVOICES = Module(
    name="invoices",
    label="Invoices",
    singular="Invoice",
    section=Section.SALES,
    path="/invoices",
    list_keys=("invoices",),
    detail_keys=("invoice",),
    id_field="invoice_id",
    number_fields=("invoice_number",),
    scope="invoices",
    delta=Delta.WALK,
    date_field="date",
    due_date_field="due_date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("customer_name invoice_number date due_date total balance created_time"),
    sorts_seen=("last_modified_time",),
    newest_sort="created_time",
    filters=words(
        "invoice_number item_name item_id item_description reference_number customer_name recurring_invoice_id email "
        "total balance custom_field date due_date created_date last_modified_time status customer_id filter_by "
        "search_text zcrm_potential_id response_option"
    ),
    filter_by=(
        *statuses("All Sent Draft OverDue Paid Void Unpaid PartiallyPaid Viewed"),
        "Date.PaymentExpectedDate",
    ),
    references=(
        _CUSTOMER,
        _CURRENCY,
        _TAX,
        ("invoiced_estimate_id", "estimates"),
        ("recurring_invoice_id", "recurringinvoices"),
        _LOCATION,
    ),
    write_fields=fields.INVOICES,
    required=words("customer_id line_items"),
    methods=ALL_METHODS,
    actions=(
        *actions("status/sent status/void status/draft"),
        *APPROVAL,
        EMAIL,
        ModuleAction("email_many", "email", collection=True, mails=True),
        *actions("writeoff writeoff/cancel"),
        ModuleAction("paymentreminder", "paymentreminder", mails=True),
        ModuleAction("paymentreminder_many", "paymentreminder", collection=True, mails=True),
        *actions("paymentreminder/enable paymentreminder/disable"),
        ModuleAction("apply_credits", "credits"),
        ModuleAction("remove_payment", "payments/{child_id}", method="DELETE"),
        ModuleAction("remove_credit", "creditsapplied/{child_id}", method="DELETE"),
        ModuleAction("from_salesorder", "fromsalesorder", collection=True),
        ModuleAction("map_with_order", "mapwithorder", permission="UPDATE", collection=True),
        ModuleAction("template", "templates/{child_id}", method="PUT"),
    ),
    unique_key=True,
    own_number_flag=True,
    custom_fields_path="/invoice/{id}/customfields",
)

DEBIT_NOTES = Module(
    name="debit_notes",
    label="Debit notes",
    singular="Debit note",
    section=Section.SALES,
    # Invoices of type debit_note: the same path, told apart by the filter alone.
    path="/invoices",
    list_keys=("debit_notes", "invoices"),
    detail_keys=("invoice",),
    id_field="invoice_id",
    number_fields=("invoice_number",),
    scope="invoices",
    date_field="date",
    due_date_field="due_date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    balance_field="balance",
    list_params=filtered("Type.DebitNote"),
    filter_must_echo=True,
    sorts=words("customer_name debit_note_number date due_date total balance created_time"),
    newest_sort="created_time",
    filters=words(
        "item_name item_id item_description customer_name email total balance custom_field date due_date created_date "
        "last_modified_time status customer_id filter_by search_text"
    ),
    filter_by=("Type.DebitNote",),
    references=(_CUSTOMER, _CURRENCY, ("reference_invoice_id", "invoices"), _LOCATION),
    write_fields=fields.DEBIT_NOTES,
    required=words("customer_id line_items type reference_invoice_id"),
    methods=ALL_METHODS,
    own_number_flag=True,
    by_default=False,
)

CUSTOMERPAYMENTS = Module(
    name="customerpayments",
    label="Customer payments",
    singular="Customer payment",
    section=Section.SALES,
    path="/customerpayments",
    list_keys=("customer_payments", "customerpayments"),
    detail_keys=("payment",),
    id_field="payment_id",
    number_fields=("payment_number",),
    scope="customerpayments",
    delta=Delta.WALK,
    date_field="date",
    party_field="customer_name",
    party_id_field="customer_id",
    status_field=None,
    total_field="amount",
    balance_field="unused_amount",
    reference_field="reference_number",
    list_params=filtered("PaymentMode.All"),
    sorts=("created_time",),
    newest_sort="created_time",
    filters=words("customer_name reference_number date amount notes payment_mode filter_by search_text customer_id"),
    filter_by=choices(
        "PaymentMode",
        "All Check Cash BankTransfer Paypal CreditCard GoogleCheckout Credit Authorizenet BankRemittance Payflowpro "
        "Stripe TwoCheckout Braintree Others",
    ),
    references=(_CUSTOMER, ("account_id", "bankaccounts"), _LOCATION),
    write_fields=fields.CUSTOMERPAYMENTS,
    required=words("customer_id payment_mode amount date invoices"),
    methods=ALL_METHODS,
    actions=(
        ModuleAction("refund", "refunds"),
        ModuleAction("update_refund", "refunds/{child_id}", method="PUT"),
        ModuleAction("delete_refund", "refunds/{child_id}", method="DELETE"),
    ),
    unique_key=True,
    custom_fields_path="/customerpayment/{id}/customfields",
)

CREDITNOTES = Module(
    name="creditnotes",
    label="Credit notes",
    singular="Credit note",
    section=Section.SALES,
    path="/creditnotes",
    list_keys=("creditnotes",),
    detail_keys=("creditnote",),
    id_field="creditnote_id",
    number_fields=("creditnote_number",),
    scope="creditnotes",
    delta=Delta.WALK,
    date_field="date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
    list_params=EVERYTHING,
    sorts=words("customer_name creditnote_number balance total date created_time"),
    newest_sort="created_time",
    filters=words(
        "creditnote_number date status total reference_number customer_name item_name customer_id item_description "
        "item_id line_item_id tax_id filter_by search_text"
    ),
    filter_by=statuses("All Open Draft Closed Void"),
    references=(_CUSTOMER, _CURRENCY, _TAX, ("account_id", "chartofaccounts"), _LOCATION),
    write_fields=fields.CREDITNOTES,
    required=words("customer_id date creditnote_number line_items"),
    methods=ALL_METHODS,
    actions=(
        *actions("status/void status/draft status/open"),
        *APPROVAL,
        EMAIL,
        ModuleAction("apply_to_invoices", "invoices"),
        ModuleAction("refund", "refunds"),
        ModuleAction("remove_invoice", "invoices/{child_id}", method="DELETE"),
    ),
    unique_key=True,
    own_number_flag=True,
    # Its upsert is documented under the invoices' scope.
    extra_scopes=("ZohoBooks.invoices.UPDATE",),
)

CREDITNOTE_REFUNDS = Module(
    name="creditnote_refunds",
    label="Credit note refunds",
    singular="Credit note refund",
    section=Section.SALES,
    path="/creditnotes/refunds",
    detail_path="/creditnotes/{parent_id}/refunds/{id}",
    write_path="/creditnotes/{parent_id}/refunds",
    list_keys=("creditnote_refunds",),
    detail_keys=("creditnote_refund",),
    id_field="creditnote_refund_id",
    number_fields=("creditnote_number",),
    scope="creditnotes",
    date_field="date",
    party_field="customer_name",
    status_field="refund_mode",
    currency_field=None,
    total_field="amount_fcy",
    reference_field="reference_number",
    modified_field=None,
    sorts=words("refund_mode reference_number date creditnote_number customer_name amount_bcy amount_fcy"),
    newest_sort="date",
    filters=("customer_id",),
    rows_complete=True,
    parent="creditnotes",
    references=(("creditnote_id", "creditnotes"), ("from_account_id", "bankaccounts")),
    write_fields=fields.CREDITNOTE_REFUNDS,
    required=words("date refund_mode amount from_account_id"),
    methods=ALL_METHODS,
    by_default=False,
)

DECLARATIONS = (
    ESTIMATES,
    SALESORDERS,
    INVOICES,
    DEBIT_NOTES,
    CUSTOMERPAYMENTS,
    CREDITNOTES,
    CREDITNOTE_REFUNDS,
)
