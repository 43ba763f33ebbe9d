"""What Zoho documents as body fields of create and update, by module: nothing else is ever sent.

Top-level names only; what a line item or an address may hold is not said here. Left out on purpose: fields that mail
somebody (``send`` of invoices, persons on a payment, portal invitations), that rewrite other records (the ``update_…``
switches of taxes), and members of a line item that the documentation also shows beside the lines.
"""

from __future__ import annotations

from zbdesk.domain.catalogue.words import word_set

CONTACTS = word_set(
    """
    avatax_exempt_no avatax_use_code billing_address company_name contact_name contact_number contact_persons
    contact_type country_code credit_limit currency_id custom_fields customer_sub_type default_templates facebook
    gst_no gst_treatment ignore_auto_number_generation is_taxable is_tds_registered language_code legal_name notes
    opening_balances owner_id payment_terms payment_terms_label place_of_contact pricebook_id shipping_address tags
    tax_authority_id tax_authority_name tax_exemption_certificate_number tax_exemption_code tax_exemption_id tax_id
    tax_id_type tax_id_value tax_reg_no tax_regime tax_treatment tds_tax_id track_1099 twitter vat_reg_no
    vat_treatment website
    """
)

CONTACT_PERSONS = word_set(
    """
    communication_preference contact_id department designation email first_name is_primary_contact last_name mobile
    phone salutation skype
    """
)

ITEMS = word_set(
    """
    account_id avatax_tax_code avatax_use_code custom_fields description hsn_or_sac inventory_account_id is_taxable
    item_tax_preferences item_type locations name product_type purchase_account_id purchase_description purchase_rate
    purchase_tax_exemption_id purchase_tax_rule_id rate reorder_level sales_tax_rule_id sat_item_key_code sku
    tax_exemption_id tax_id tax_percentage unitkey_code vendor_id
    """
)

ESTIMATES = word_set(
    """
    accept_retainer adjustment adjustment_description avatax_exempt_no avatax_use_code contact_persons_associated
    currency_id custom_body custom_fields custom_subject customer_id date discount discount_type estimate_number
    exchange_rate expiry_date gst_no gst_treatment is_discount_before_tax is_inclusive_tax is_reverse_charge_applied
    line_items location_id notes place_of_supply project_id reference_number retainer_percentage salesperson_name
    shipping_charge tax_authority_id tax_exemption_id tax_id tax_treatment template_id terms vat_treatment
    """
)

SALESORDERS = word_set(
    """
    adjustment adjustment_description avatax_exempt_no avatax_use_code billing_address_id contact_persons_associated
    crm_custom_reference_id crm_owner_id currency_id custom_fields customer_id date delivery_method discount
    discount_type documents estimate_id exchange_rate gst_no gst_treatment is_discount_before_tax is_inclusive_tax
    is_reverse_charge_applied is_update_customer line_items location_id merchant_id notes notes_default
    place_of_supply pricebook_id reference_number salesorder_number salesperson_id salesperson_name shipment_date
    shipping_address_id shipping_charge tax_authority_id tax_authority_name tax_exemption_code tax_exemption_id tax_id
    tax_treatment template_id terms terms_default vat_treatment zcrm_potential_id zcrm_potential_name
    """
)

INVOICES = word_set(
    """
    adjustment adjustment_description allow_partial_payments avatax_exempt_no avatax_tax_code avatax_use_code
    billing_address_id cfdi_reference_type cfdi_usage contact_persons contact_persons_associated currency_id
    custom_body custom_fields custom_subject customer_id date discount discount_type due_date exchange_rate gst_no
    gst_treatment invoice_number invoiced_estimate_id is_discount_before_tax is_inclusive_tax
    is_reverse_charge_applied line_items location_id notes payment_options payment_terms payment_terms_label
    place_of_supply reason recurring_invoice_id reference_invoice_id reference_number salesperson_name
    shipping_address_id shipping_charge tax_authority_id tax_exemption_id tax_id tax_treatment template_id terms
    vat_treatment
    """
)

DEBIT_NOTES = word_set(
    """
    contact_persons currency_id custom_fields customer_id date discount due_date exchange_rate invoice_number
    line_items location_id payment_terms payment_terms_label reference_invoice_id reference_invoice_type template_id
    type
    """
)

RECURRINGINVOICES = word_set(
    """
    adjustment adjustment_description allow_partial_payments avatax_exempt_no avatax_tax_code avatax_use_code
    billing_address cfdi_usage contact_persons_associated currency_id custom_fields customer_id discount discount_type
    email end_date exchange_rate gst_no gst_treatment is_discount_before_tax is_inclusive_tax
    is_reverse_charge_applied line_items location_id payment_options payment_terms payment_terms_label place_of_supply
    recurrence_frequency recurrence_name reference_number repeat_every salesperson_name shipping_address
    shipping_charge start_date tax_authority_id tax_exemption_id tax_id tax_treatment template_id vat_treatment
    """
)

RETAINERINVOICES = word_set(
    """
    contact_persons_associated custom_fields customer_id date line_items location_id notes payment_options
    place_of_supply project_id reference_number template_id terms
    """
)

SALESRECEIPTS = word_set("customer_id date line_items notes payment_mode receipt_number terms")

CUSTOMERPAYMENTS = word_set(
    """
    account_id amount bank_charges custom_fields customer_id date description exchange_rate invoices location_id
    payment_form payment_mode reference_number retainerinvoice_id tax_amount_withheld
    """
)

CREDITNOTES = word_set(
    """
    account_id avatax_exempt_no avatax_tax_code avatax_use_code cfdi_reference_type cfdi_usage
    contact_persons_associated creditnote_number currency_id custom_fields customer_id date exchange_rate gst_no
    gst_treatment ignore_auto_number_generation is_draft is_inclusive_tax is_reverse_charge_applied line_items
    location_id notes place_of_supply reference_number tax_authority_id tax_exemption_id tax_id tax_treatment
    template_id terms vat_treatment
    """
)

CREDITNOTE_REFUNDS = word_set(
    "amount date description exchange_rate from_account_id payment_form reference_number refund_mode"
)

PURCHASEORDERS = word_set(
    """
    attention billing_address_id contact_persons_associated crm_custom_reference_id crm_owner_id currency_id
    custom_fields date delivery_customer_id delivery_date delivery_org_address_id destination_of_supply discount
    discount_account_id documents due_date exchange_rate gst_no gst_treatment is_discount_before_tax is_inclusive_tax
    is_update_customer line_items location_id notes notes_default place_of_supply pricebook_id purchaseorder_number
    reference_number salesorder_id ship_via source_of_supply tax_treatment template_id terms terms_default
    vat_treatment vendor_id
    """
)

BILLS = word_set(
    """
    adjustment adjustment_description approvers bill_number currency_id custom_fields date destination_of_supply
    documents due_date exchange_rate gst_no gst_treatment is_inclusive_tax is_item_level_tax_calc is_update_customer
    line_items location_id notes payment_terms payment_terms_label permit_number place_of_supply pricebook_id
    purchaseorder_ids recurring_bill_id reference_number source_of_supply tax_treatment taxes terms vat_treatment
    vendor_id
    """
)

RECURRINGBILLS = word_set(
    """
    abn currency_id custom_fields destination_of_supply discount discount_account_id end_date gst_no gst_treatment
    is_abn_quoted is_discount_before_tax is_inclusive_tax is_reverse_charge_applied is_tds_applied line_items
    location_id notes payment_terms payment_terms_label place_of_supply pricebook_id pricebook_name
    recurrence_frequency recurrence_name recurring_bill_id repeat_every source_of_supply start_date status
    tax_treatment terms vat_reg_no vat_treatment vendor_id
    """
)

VENDORCREDITS = word_set(
    """
    currency_id custom_fields date destination_of_supply documents exchange_rate gst_no gst_treatment is_inclusive_tax
    is_update_customer line_items location_id notes place_of_supply pricebook_id reference_number source_of_supply
    tax_treatment vat_treatment vendor_credit_number vendor_id
    """
)

VENDORPAYMENTS = word_set(
    """
    amount bills check_details custom_fields date description exchange_rate is_paid_via_print_check location_id
    paid_through_account_id payment_mode reference_number vendor_id
    """
)

EXPENSES = word_set(
    """
    account_id acquisition_vat_id amount can_reclaim_vat_on_mileage currency_id custom_fields customer_id date
    description destination_of_supply distance employee_id end_reading engine_capacity_range exchange_rate fuel_type
    gst_no hsn_or_sac is_billable is_inclusive_tax line_items location_id mileage_rate mileage_type mileage_unit
    paid_through_account_id place_of_supply product_type project_id reference_number reverse_charge_tax_id
    reverse_charge_vat_id source_of_supply start_reading tax_id tax_treatment taxes vat_treatment vehicle_type
    vendor_id
    """
)

RECURRINGEXPENSES = word_set(
    """
    account_id acquisition_vat_id amount currency_id custom_fields customer_id destination_of_supply end_date
    exchange_rate gst_no is_billable is_inclusive_tax line_items location_id place_of_supply product_type project_id
    recurrence_frequency recurrence_name repeat_every reverse_charge_tax_id reverse_charge_vat_id source_of_supply
    start_date tax_id tax_treatment vat_treatment
    """
)

JOURNALS = word_set(
    """
    currency_id custom_fields exchange_rate include_in_vat_return is_bas_adjustment journal_date journal_type
    line_items location_id notes product_type reference_number status tax_exemption_code tax_exemption_type
    vat_treatment
    """
)

CHARTOFACCOUNTS = word_set(
    """
    account_code account_name account_type can_show_in_ze currency_id custom_fields description include_in_vat_return
    parent_account_id show_on_dashboard
    """
)

BASE_CURRENCY_ADJUSTMENTS = word_set("adjustment_date currency_id exchange_rate notes")

BANKACCOUNTS = word_set(
    """
    account_code account_name account_number account_type bank_name currency_code currency_id description
    is_paypal_account is_primary_account paypal_email_address paypal_type routing_number
    """
)

BANKTRANSACTIONS = word_set(
    """
    amount bank_charges currency_id custom_fields customer_id date description documents exchange_rate from_account_id
    from_account_tags is_inclusive_tax line_items payment_mode reference_number tags tax_authority_id tax_exemption_id
    tax_id to_account_id to_account_tags transaction_type user_id
    """
)

TAXES = word_set(
    """
    country_code is_editable is_value_added purchase_tax_expense_account_id tax_authority_id tax_authority_name
    tax_factor tax_id tax_name tax_percentage tax_specific_type tax_type tds_payable_account_id
    """
)

TAX_GROUPS = word_set("tax_group_name taxes")

CURRENCIES = word_set("currency_code currency_format currency_symbol price_precision")

EXCHANGE_RATES = word_set("effective_date rate")

PROJECTS = word_set(
    """
    billing_type budget_amount budget_hours budget_type cost_budget_amount currency_id customer_id description
    project_name rate tasks user_id users
    """
)

TASKS = word_set("budget_hours description rate task_name")

TIME_ENTRIES = word_set(
    "begin_time cost_rate end_time is_billable log_date log_time notes project_id start_timer task_id user_id"
)

USERS = word_set("cost_rate email name role_id")

LOCATIONS = word_set(
    """
    address associated_series_ids auto_number_generation_id email is_all_users_selected location_name
    parent_location_id phone tax_settings_id type user_ids
    """
)

FIXEDASSETS = word_set(
    """
    asset_account_id asset_cost asset_name asset_purchase_date computation_type custom_fields dep_start_value
    depreciation_account_id depreciation_frequency depreciation_method depreciation_percentage depreciation_start_date
    description expense_account_id fixed_asset_type_id notes salvage_value serial_no tags total_life
    warranty_expiry_date
    """
)

OPENING_BALANCES = word_set("accounts date opening_balance_id")

ORGANIZATIONS = word_set(
    """
    address companyid_label companyid_value contact_name currency_code currency_id custom_fields date_format email fax
    field_separator fiscal_year_start_month industry_size industry_type is_logo_uploaded language_code name
    org_address phone portal_name remit_to_address taxid_label taxid_value time_zone website
    """
)
