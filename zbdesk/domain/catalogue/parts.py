"""Which members of a nested value are content, and which are Zoho's own bookkeeping.

Two addresses or line items are the same when these members are. Left out: what Zoho computes or copies from elsewhere
(``item_total``, ``tax_name``) and what only tells one entry from another (``line_item_id``, ``item_order``), which our
side does not know before the first write. Every member here is documented as part of a body.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zbdesk.domain.catalogue.words import word_set

_ADDRESS = word_set("address attention city country fax phone state state_code street2 zip")
_OWN_ADDRESS = word_set("attention city country state state_code street_address1 street_address2 zip")
_TAGS = word_set("tag_id tag_option_id")

MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accounts": word_set("account_id amount currency_id debit_or_credit exchange_rate location_id"),
        "address": _OWN_ADDRESS,
        "billing_address": _ADDRESS,
        "bills": word_set("amount_applied bill_id tax_amount_withheld"),
        "communication_preference": word_set("is_sms_enabled is_whatsapp_enabled"),
        "contact_persons": word_set(
            """
            communication_preference department designation email first_name is_primary_contact last_name mobile phone
            salutation skype
            """
        ),
        "contact_persons_associated": word_set("communication_preference contact_person_id"),
        "documents": word_set("document_id"),
        "from_account_tags": _TAGS,
        "invoices": word_set("amount_applied invoice_id"),
        "item_tax_preferences": word_set("tax_id tax_specification"),
        "line_items": word_set(
            """
            account_id acquisition_vat_id amount avatax_exempt_no avatax_tax_code avatax_use_code bill_id bill_item_id
            customer_id debit_or_credit description discount expense_id header_id header_name hsn_or_sac invoice_id
            invoice_item_id is_billable item_custom_fields item_id location_id name product_type project_id
            purchaseorder_item_id quantity rate reverse_charge_tax_id reverse_charge_vat_id salesorder_item_id
            sat_item_key_code serial_numbers tags tax_authority_id tax_exemption_code tax_exemption_id
            tax_exemption_type tax_id tax_treatment_code tds_tax_id time_entry_ids unit unitkey_code
            """
        ),
        "opening_balances": word_set("exchange_rate location_id opening_balance_amount"),
        "shipping_address": _ADDRESS,
        "tags": _TAGS,
        "tasks": word_set("budget_hours description rate task_name"),
        "taxes": word_set("tax_amount tax_id"),
        "to_account_tags": _TAGS,
        "users": word_set("budget_hours cost_rate email rate user_id"),
    }
)
