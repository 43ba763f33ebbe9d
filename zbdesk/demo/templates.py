"""Which fields the rows and details of each module carry, in Zoho's order, with the empty value each has.

A field is a word; what stands after a colon is its empty value: ``b`` false, ``n`` 0, ``l`` an empty list, ``d`` an
empty object; nothing is empty text, Zoho's way of saying null. Dates, ids and names are text.
"""

# ruff: noqa: E501 - a table reads better with one entry a line

from __future__ import annotations

from typing import Any

_EMPTY: dict[str, Any] = {"b": False, "n": 0, "l": [], "d": {}, "t": True}


def template(*words: str) -> dict[str, Any]:
    """Field names with their empty values."""
    out: dict[str, Any] = {}
    for word in " ".join(words).split():
        name, _, kind = word.partition(":")
        out[name] = _EMPTY[kind] if kind else ""
    return out


_PARTY = "customer_id customer_name company_name email phone country"
_MONEY = "currency_id currency_code currency_symbol exchange_rate:n"
_PLACE = "location_id location_name"
_TAIL = "created_by last_modified_by_id has_attachment:b tags:l custom_fields:l custom_field_hash:d"
_VENDOR = "vendor_id vendor_name company_name"
_TEXTS = "notes terms template_id template_name template_type attachment_name can_send_in_mail:b documents:l"
_INDIA = "gst_no gst_treatment place_of_supply is_reverse_charge_applied:b tax_treatment vat_treatment vat_reg_no"
_RULES = (
    "discount:n discount_type is_discount_before_tax:t is_inclusive_tax:b price_precision:n tax_rounding rounding_mode"
)
_SUMS = "sub_total:n sub_total_inclusive_of_tax:n discount_total:n shipping_charge:n adjustment:n adjustment_description tax_total:n total:n roundoff_value:n"
_RECUR = "recurrence_name recurrence_frequency repeat_every:n start_date end_date status"

ROWS: dict[str, dict[str, Any]] = {
    "organizations": template(
        "name contact_name email is_default_org:b plan_type:n plan_name plan_period tax_group_enabled:t zi_migration_status:n",
        "language_code fiscal_year_start_month account_created_date account_created_date_formatted time_zone is_org_active:t",
        "currency_id currency_code currency_symbol currency_format price_precision:n country country_code state version mode",
        "is_registered_for_gst:b sales_tax_type user_role user_status",
    ),
    "contacts": template(
        "contact_name customer_name vendor_name contact_number company_name website language_code language_code_formatted",
        "contact_type contact_type_formatted status customer_sub_type source is_linked_with_zohocrm:b payment_terms:n",
        "payment_terms_label currency_id twitter facebook currency_code outstanding_receivable_amount:n",
        "outstanding_receivable_amount_bcy:n outstanding_payable_amount:n outstanding_payable_amount_bcy:n",
        "unused_credits_receivable_amount:n unused_credits_receivable_amount_bcy:n unused_credits_payable_amount:n",
        "unused_credits_payable_amount_bcy:n first_name last_name email phone mobile portal_status portal_status_formatted",
        "track_1099:b gst_no gst_treatment place_of_contact place_of_contact_formatted pan_no has_attachment:b",
        "ach_supported:b tags:l custom_fields:l custom_field_hash:d",
    ),
    "contact_persons": template(
        "salutation first_name last_name email phone mobile is_primary_contact:b skype designation department",
        "is_added_in_portal:b contact_id contact_name communication_preference:d",
    ),
    "items": template(
        "name item_name unit status source is_linked_with_zohocrm:b description brand manufacturer rate:n purchase_rate:n",
        "tax_id tax_name tax_percentage:n purchase_account_id purchase_account_name account_id account_name",
        "purchase_description tax_type is_taxable:t item_type product_type sku hsn_or_sac has_attachment:b track_inventory:b",
        "image_name show_in_storefront:b can_be_sold:t can_be_purchased:t tags:l custom_fields:l custom_field_hash:d",
    ),
    "estimates": template(
        "zcrm_potential_id",
        _PARTY,
        "status estimate_number reference_number date expiry_date accepted_date declined_date",
        _MONEY,
        "total:n",
        _PLACE,
        "is_viewed_by_client:b client_viewed_time is_emailed:b salesperson_id salesperson_name template_type",
        _TAIL,
    ),
    "salesorders": template(
        "zcrm_potential_id zcrm_potential_name",
        _PARTY,
        "status order_status invoiced_status paid_status salesorder_number",
        "reference_number date shipment_date shipment_days",
        _MONEY,
        "total:n sub_total:n bcy_total:n",
        _PLACE,
        "is_emailed:b delivery_method salesperson_id salesperson_name",
        _TAIL,
    ),
    "invoices": template(
        "ach_payment_initiated:b zcrm_potential_id zcrm_potential_name customer_id customer_name company_name status color_code",
        "current_sub_status_id current_sub_status invoice_number reference_number date due_date due_days type email phone",
        "project_name billing_address:d shipping_address:d country currency_id currency_code currency_symbol created_by",
        "exchange_rate:n schedule_time no_of_copies:n show_no_of_copies:t is_viewed_by_client:b client_viewed_time",
        "invoice_url total:n balance:n is_emailed:b reminders_sent:n last_reminder_sent_date payment_expected_date",
        "last_payment_date template_type template_id documents salesperson_id salesperson_name shipping_charge:n adjustment:n",
        "write_off_amount:n has_attachment:b",
        _PLACE,
        "tags:l custom_fields:l custom_field_hash:d",
    ),
    "debit_notes": template(
        "invoice_number type customer_id customer_name status date due_date reference_number currency_id currency_code total:n balance:n",
        "line_items:l reference_invoice:d",
        _PLACE,
    ),
    "recurringinvoices": template(
        _RECUR,
        "customer_id customer_name",
        _MONEY,
        "last_sent_date next_invoice_date total:n sub_total:n reference_number",
        "custom_fields:l billing_address:d shipping_address:d",
    ),
    "retainerinvoices": template(
        "customer_id customer_name retainerinvoice_number status reference_number project_or_estimate_name date due_date",
        _MONEY,
        "is_viewed_by_client:b client_viewed_time:b total:n balance:n is_emailed last_payment_date has_attachment:b",
    ),
    "salesreceipts": template(
        "receipt_number date status payment_mode reference_number customer_id customer_name",
        _MONEY,
        "line_items:l sub_total:n tax_total:n total:n notes terms",
    ),
    "customerpayments": template(
        "payment_number payment_type payment_mode payment_mode_formatted settlement_status payment_status invoice_numbers date",
        "amount:n bcy_amount:n unused_amount:n bcy_unused_amount:n bcy_refunded_amount:n applied_invoices:l account_id account_name",
        "customer_id customer_name description reference_number",
        _MONEY,
        "retainerinvoice_id payment_gateway last_four_digits",
        _PLACE,
        "tax_amount_withheld:n bank_charges:n custom_fields_list:l has_attachment:b tags:l",
    ),
    "creditnotes": template(
        "creditnote_number status color_code reference_number date total:n balance:n customer_id customer_name company_name",
        _MONEY,
        "is_emailed:b reason",
        _PLACE,
        "salesperson_id salesperson_name template_type",
        _TAIL,
    ),
    "creditnote_refunds": template(
        "creditnote_id date refund_mode payment_form reference_number creditnote_number customer_name customer_id description",
        "amount_bcy:n amount_fcy:n amount:n currency_code",
    ),
    "purchaseorders": template(
        _VENDOR,
        "order_status billed_status status purchaseorder_number reference_number date delivery_date",
        _MONEY,
        "price_precision:n total:n is_emailed:b",
        _PLACE,
        _TAIL,
    ),
    "bills": template(
        _VENDOR,
        "status color_code bill_number reference_number date due_date due_days",
        _MONEY,
        "price_precision:n total:n balance:n",
        "tds_total:n is_tds_applied:b is_abn_quoted attachment_name",
        _PLACE,
        _TAIL,
    ),
    "recurringbills": template(
        _VENDOR,
        _RECUR,
        _MONEY,
        "next_bill_date last_sent_date is_inclusive_tax:b line_items:l notes terms payment_terms:n",
        "payment_terms_label total:n custom_fields:l is_reverse_charge_applied:b source_of_supply place_of_supply destination_of_supply",
        "gst_treatment gst_no tax_treatment vat_treatment vat_reg_no pricebook_id pricebook_name is_tds_applied:b discount",
        "discount_account_id is_discount_before_tax:t created_by_id location_id location_name",
    ),
    "vendorcredits": template(
        "vendor_credit_number status color_code reference_number date total:n balance:n",
        _VENDOR,
        _MONEY,
        _PLACE,
        _TAIL,
    ),
    "vendorpayments": template(
        "vendor_id vendor_name bill_numbers payment_mode payment_number description date reference_number",
        _MONEY,
        "amount:n bcy_amount:n paid_through_account_id paid_through_account_name balance:n bcy_balance:n",
        "is_paid_via_print_check:b is_ach_payment:b ach_payment_status check_details:l",
        _PLACE,
        "custom_fields_list:l has_attachment:b",
    ),
    "expenses": template(
        "date user_name paid_through_account_name account_name description",
        _MONEY,
        "bcy_total:n bcy_total_without_tax:n total:n",
        "total_without_tax:n is_billable:b is_personal:b reference_number customer_id customer_name vendor_id vendor_name status",
        "expense_receipt_name mileage_rate:n mileage_unit expense_type start_reading:n end_reading:n",
        _PLACE,
        "custom_fields_list:l has_attachment:b tags:l",
    ),
    "recurringexpenses": template(
        _RECUR,
        "last_created_date next_expense_date account_name account_id paid_through_account_name description",
        _MONEY,
        "total:n is_billable:b customer_id customer_name vendor_id vendor_name custom_fields:l",
    ),
    "journals": template(
        "journal_date entry_number reference_number currency_id notes journal_type entity_type status total:n bcy_total:n",
        "exchange_rate:n created_by_id created_by_name",
        _PLACE,
        "custom_fields_list:l has_attachment:b",
    ),
    "chartofaccounts": template(
        "account_name account_code account_type account_type_formatted description is_user_created:b is_system_account:b",
        "is_standalone_account:b is_active:t can_show_in_ze:b is_involved_in_transaction:b current_balance parent_account_id",
        "parent_account_name depth has_attachment:b is_child_present:b child_count documents:l",
    ),
    "base_currency_adjustments": template(
        "adjustment_date exchange_rate:n currency_id currency_code notes gain_or_loss:n"
    ),
    "bankaccounts": template(
        "account_name account_code currency_id currency_code currency_symbol account_type account_number uncategorized_transactions:n",
        "total_unprinted_checks:n is_active:t balance:n bank_balance:n bcy_balance:n bank_name routing_number is_primary_account:b",
        "is_paypal_account:b price_precision:n",
    ),
    "banktransactions": template(
        "date amount:n transaction_type status source account_id account_name account_type price_precision:n customer_id vendor_id payee",
        "is_paid_via_print_check:b description currency_id currency_code currency_symbol debit_or_credit offset_account_id",
        "offset_account_name is_offsetaccount_matched:b reference_number imported_transaction_id is_rule_exist:b rule_details:l",
    ),
    "fixedassets": template(
        "asset_number asset_name status current_asset_value:n asset_cost:n fixed_asset_type_id fixed_asset_type_name asset_purchase_date",
    ),
    "projects": template(
        "project_name project_code customer_id customer_name customer_email description status billing_type rate:n budget_type",
        "total_hours billable_hours has_attachment:b currency_code users_working:n show_in_dashboard:b",
    ),
    "tasks": template(
        "project_id project_name customer_id customer_name currency_id task_name description rate:n status is_billable:t billed_hours:n",
        "log_time un_billed_hours:n",
    ),
    "time_entries": template(
        "project_id project_name customer_id customer_name task_id task_name user_id is_current_user:b user_name log_date begin_time",
        "end_time log_time is_billable:t billed_status invoice_id notes timer_started_at timer_duration_in_minutes cost_rate:n cost_amount:n",
    ),
    "users": template(
        "role_id name email user_role user_type status is_current_user:b photo_url is_customer_segmented:b is_vendor_segmented:b",
    ),
    "locations": template(
        "location_name type email phone address:d tax_settings_id parent_location_id associated_series_ids:l",
        "auto_number_generation_id is_all_users_selected:t associated_users:l is_primary_location:b status",
    ),
    "taxes": template(
        "tax_name tax_percentage:n tax_type tax_factor tax_specific_type tax_authority_id tax_authority_name is_value_added:b",
        "is_default_tax:b is_editable:t is_inactive:b status output_tax_account_name purchase_tax_account_name tax_account_id",
        "purchase_tax_account_id",
    ),
    "tax_groups": template("tax_group_name tax_group_percentage:n taxes:l"),
    "currencies": template(
        "currency_code currency_name currency_name_formatted currency_symbol price_precision:n currency_format is_base_currency:b",
        "exchange_rate:n effective_date",
    ),
    "exchange_rates": template("currency_id currency_code effective_date rate:n"),
    "opening_balances": template("date price_precision:n accounts:l total:n"),
}

_DOCUMENT = f"{_INDIA} {_RULES} {_SUMS} {_TEXTS} payment_terms:n payment_terms_label contact_persons:l contact_persons_associated:l"

DETAILS: dict[str, dict[str, Any]] = {
    "organizations": template(
        "date_format field_separator industry_type industry_size company_id_label company_id_value tax_id_label tax_id_value",
        "org_address remit_to_address phone fax website address:d custom_fields:l",
    ),
    "contacts": template(
        "has_transaction:b credit_limit:n pricebook_id is_taxable:t tax_id tax_name tax_percentage tax_authority_id tax_exemption_id",
        "tax_treatment vat_treatment vat_reg_no legal_name is_tds_registered:b owner_id primary_contact_id currency_symbol",
        "price_precision:n payment_reminder_enabled:t billing_address:d shipping_address:d contact_persons:l addresses:l",
        "default_templates:d notes opening_balances:l last_modified_by_id",
    ),
    "items": template("item_tax_preferences:l locations:l documents:l price_brackets:l lock_details:d purchase_tax_id"),
    "estimates": template(
        _DOCUMENT, "line_items:l taxes:l billing_address:d shipping_address:d project:d lock_details:d"
    ),
    "salesorders": template(
        _DOCUMENT, "line_items:l taxes:l billing_address:d shipping_address:d invoices:l sub_statuses:l lock_details:d"
    ),
    "invoices": template(
        _DOCUMENT,
        "line_items:l taxes:l payment_made:n credits_applied:n tax_amount_withheld:n allow_partial_payments:b",
        "payment_reminder_enabled:t payment_options:d recurring_invoice_id lock_details:d last_modified_by_id created_by_id",
    ),
    "debit_notes": template(_DOCUMENT, "taxes:l billing_address:d shipping_address:d"),
    "recurringinvoices": template(
        _DOCUMENT, "line_items:l taxes:l paid_invoices_total:n unpaid_invoices_balance:n company_name payment_options:d"
    ),
    "retainerinvoices": template(
        _DOCUMENT, "line_items:l taxes:l payment_made:n payment_drawn:n billing_address:d shipping_address:d"
    ),
    "salesreceipts": template(_DOCUMENT, "taxes:l account_id account_name"),
    "customerpayments": template(
        "invoices:l amount_refunded:n email custom_fields:l tax_account_id payment_refunds:l imported_transactions:l"
    ),
    "creditnotes": template(
        _DOCUMENT,
        "line_items:l taxes:l invoices:l invoices_credited:l creditnote_refunds:l total_credits_used:n total_refunded_amount:n billing_address:d shipping_address:d",
    ),
    "purchaseorders": template(
        _DOCUMENT,
        "expected_delivery_date line_items:l taxes:l bills:l billing_address:d delivery_address:d delivery_customer_id ship_via attention",
    ),
    "bills": template(
        _DOCUMENT,
        "line_items:l taxes:l payments:l vendor_credits:l payment_made:n vendor_credits_applied:n purchaseorder_ids:l purchaseorders:l billing_address:d",
    ),
    "recurringbills": template(_DOCUMENT, "taxes:l"),
    "vendorcredits": template(
        _DOCUMENT,
        "line_items:l taxes:l bills_credited:l vendor_credit_refunds:l total_credits_used:n total_refunded_amount:n billing_address:d",
    ),
    "vendorpayments": template(
        "bills:l vendorpayment_refunds:l billing_address:d custom_fields:l paid_through_account_type tax_amount_withheld:n"
    ),
    "expenses": template(
        "transaction_id transaction_type account_id paid_through_account_id tax_id tax_name tax_percentage:n tax_amount:n amount:n",
        "is_inclusive_tax:b is_itemized_expense:b sub_total:n line_items:l gst_no gst_treatment hsn_or_sac project_id project_name",
        "invoice_id invoice_number custom_fields:l documents:l",
    ),
    "recurringexpenses": template(
        "paid_through_account_id tax_id tax_name tax_amount:n sub_total:n bcy_total:n amount:n is_inclusive_tax:b line_items:l project_id project_name"
    ),
    "journals": template(
        "currency_code currency_symbol line_items:l line_item_total:n price_precision:n taxes:l custom_fields:l vat_treatment product_type include_in_vat_return:b is_bas_adjustment:b"
    ),
    "chartofaccounts": template("currency_id currency_code closing_balance:n custom_fields:l include_in_vat_return:b"),
    "base_currency_adjustments": template("accounts:l"),
    "bankaccounts": template(
        "description is_feeds_subscribed:b is_feeds_active:b feeds_last_refresh_date service_id is_system_account:b"
    ),
    "banktransactions": template(
        "from_account_id from_account_name to_account_id to_account_name payment_mode exchange_rate:n customer_name vendor_name bank_charges:n tax_id documents:l total:n bcy_total:n sub_total:n is_inclusive_tax:b tags:l line_items:l"
    ),
    "fixedassets": template(
        "description total_life:n depreciation_method depreciation_percentage:n depreciation_frequency dep_start_value:n salvage_value:n",
        "accumulated_dep_value:n serial_no depreciation_start_date asset_account_id asset_account_name expense_account_id",
        "expense_account_name depreciation_account_id depreciation_account_name computation_type warranty_expiry_date notes tags:l custom_fields:l",
    ),
    "projects": template(
        "total_amount:n billed_hours billed_amount:n un_billed_hours un_billed_amount:n billable_amount:n non_billable_hours non_billable_amount:n cost_budget_amount:n is_recurrence_associated:b recurring_invoices:l tasks:l users:l"
    ),
    "time_entries": template("timer_started_at_utc_time timer_duration_in_seconds timesheet_custom_fields"),
    "users": template("email_ids:l cost_rate:n is_employee:b custom_fields"),
    "taxes": template("tds_payable_account_id country country_code purchase_tax_expense_account_id:n"),
}
