"""The whole engine under random schedules in an organization whose unique fields carry our key."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schedules import Schedule

from zbdesk.sync.recognition import API_NAME, LABEL

GUARDED = ("contacts", "invoices", "customerpayments")
CI = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],
)


class Guarded(Schedule):
    """As ever, but Zoho itself refuses a second record: so even a request that lands late may make none."""

    def __init__(self) -> None:
        super().__init__()
        for module in GUARDED:
            self.world.org.add_custom_field(module, LABEL, unique=True)

    def whole(self, module: str) -> list[dict[str, Any]]:
        """Zoho's records in full: rows of some lists are without custom fields."""
        return [self.world.org.get(module, remote_id) for remote_id in self.world.org.ids(module)]

    def _check_payments(self, explained: set[str | None]) -> None:
        """Each payment of ours once, by the field or, where it could not be asked for in time, by the reference."""
        found = Counter(key for row in self.whole("customerpayments") if (key := key_of(row)))
        for local_id, source_id in self.payments.items():
            count = found[local_id.replace("-", "")[-12:]]
            if count == 1 or local_id in explained:
                continue
            assert count == 0, f"the payment {local_id} stands {count} times in Zoho, and nothing says so"
            waits = source_id in self.unwanted or source_id in self.removed_there or self._is_explained(source_id)
            assert waits, f"the payment {local_id} is not in Zoho, and nothing says why"

    def teardown(self) -> None:
        """What every schedule ends with, and that no key of ours stands in a guarded field twice."""
        super().teardown()
        for module in GUARDED:
            keys = Counter(held for record in self.whole(module) if (held := field_of(record)))
            assert all(count == 1 for count in keys.values()), (module, keys)


def field_of(record: dict[str, Any]) -> str:
    """Our key in the field; empty where it holds none."""
    held = (one for one in record.get("custom_fields") or () if one.get("api_name") == API_NAME)
    return next((str(one["value"]) for one in held), "")


def key_of(record: dict[str, Any]) -> str:
    """Our key, wherever it stands."""
    reference = str(record.get("reference_number") or "")
    return field_of(record) or (reference.removeprefix("ZB-") if reference.startswith("ZB-") else "")


def test_every_schedule_ends_in_order_with_unique_fields() -> None:
    """Each document once, late landings included; both sides equal or explained, nothing in doubt, nothing lost."""
    run_state_machine_as_test(Guarded, settings=CI)
