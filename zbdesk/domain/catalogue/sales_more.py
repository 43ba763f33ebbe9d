"""Sales documents that not every company uses: retainer invoices, sales receipts, recurring invoices."""

from __future__ import annotations

from zbdesk.domain.catalogue import fields
from zbdesk.domain.catalogue.words import ALL_METHODS, APPROVAL, EMAIL, EVERYTHING, actions, statuses, words
from zbdesk.domain.module import Module, Section

_CUSTOMER = ("customer_id", "contacts")

RETAINERINVOICES = Module(
    name="retainerinvoices",
    label="Retainer invoices",
    singular="Retainer invoice",
    section=Section.SALES,
    path="/retainerinvoices",
    list_keys=("retainerinvoices",),
    detail_keys=("retainerinvoice",),
    id_field="retainerinvoice_id",
    number_fields=("retainerinvoice_number",),
    scope="invoices",
    date_field="date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    balance_field="balance",
    reference_field="reference_number",
    list_params=EVERYTHING,
    # The documentation also names the number's column, with a space in it: not usable as written.
    sorts=words("customer_name date due_date total balance created_time"),
    newest_sort="created_time",
    filters=("filter_by",),
    filter_by=(
        *statuses("All Sent Draft OverDue Paid Void Unpaid PartiallyPaid Viewed"),
        "Date.PaymentExpectedDate",
    ),
    references=(_CUSTOMER, ("project_id", "projects"), ("location_id", "locations")),
    write_fields=fields.RETAINERINVOICES,
    required=words("customer_id line_items"),
    methods=ALL_METHODS,
    actions=(*actions("status/sent status/void status/draft"), *APPROVAL, EMAIL),
    own_number_flag=True,
    by_default=False,
)

SALESRECEIPTS = Module(
    name="salesreceipts",
    label="Sales receipts",
    singular="Sales receipt",
    section=Section.SALES,
    path="/salesreceipts",
    list_keys=("salesreceipts",),
    detail_keys=("salesreceipt",),
    id_field="sales_receipt_id",
    number_fields=("receipt_number",),
    scope="invoices",
    date_field="date",
    party_field="customer_name",
    party_id_field="customer_id",
    total_field="total",
    list_params=EVERYTHING,
    sorts=words("customer_name receipt_number date total created_time"),
    newest_sort="created_time",
    filters=words("receipt_number item_name filter_by customer_id date total"),
    filter_by=(
        *words(
            "ThisWeek ThisMonth ThisQuarter ThisYear PreviousDay PreviousWeek PreviousMonth PreviousQuarter "
            "PreviousYear"
        ),
        *statuses("All Draft Sent"),
    ),
    references=(_CUSTOMER,),
    write_fields=fields.SALESRECEIPTS,
    required=words("customer_id payment_mode"),
    methods=ALL_METHODS,
    actions=(EMAIL,),
    own_number_flag=True,
    by_default=False,
)

RECURRINGINVOICES = Module(
    name="recurringinvoices",
    label="Recurring invoices",
    singular="Recurring invoice",
    section=Section.SALES,
    path="/recurringinvoices",
    list_keys=("recurring_invoices",),
    detail_keys=("recurring_invoice",),
    id_field="recurring_invoice_id",
    number_fields=("recurrence_name",),
    scope="invoices",
    date_field="start_date",
    due_date_field="next_invoice_date",
    party_field="customer_name",
    party_id_field="customer_id",
    modified_field=None,
    list_params=EVERYTHING,
    sorts=("created_time",),
    newest_sort="created_time",
    filters=words(
        "recurrence_name item_name item_description customer_name line_item_id item_id tax_id notes start_date "
        "end_date customer_id status filter_by search_text"
    ),
    filter_by=statuses("All Active Stopped Expired"),
    references=(_CUSTOMER, ("currency_id", "currencies"), ("tax_id", "taxes"), ("location_id", "locations")),
    write_fields=fields.RECURRINGINVOICES,
    required=words("recurrence_name customer_id recurrence_frequency"),
    methods=ALL_METHODS,
    actions=actions("status/stop status/resume"),
    unique_key=True,
    by_default=False,
)

DECLARATIONS = (RETAINERINVOICES, SALESRECEIPTS, RECURRINGINVOICES)
