"""Whether this computer should be spared: a metered network, a battery that runs low. Pure rules over what it said."""

from __future__ import annotations

from dataclasses import dataclass

from zbdesk.app.settings import Settings

METERED = "This computer is on a metered connection. Sync now runs all the same."
BATTERY = "The battery is below %d %%. Sync now runs all the same."


@dataclass(frozen=True, slots=True)
class Power:
    """What the system says; None where it does not say."""

    metered: bool | None = None
    on_battery: bool | None = None
    percent: float | None = None


def reason_to_hold(power: Power, settings: Settings) -> str:
    """Why nothing should begin by itself now, as a sentence; empty where nothing speaks against it."""
    if settings.pause_metered and power.metered:
        return METERED
    low = power.percent is not None and power.percent < settings.battery_percent
    if settings.pause_battery and power.on_battery and low:
        return BATTERY % settings.battery_percent
    return ""


def metered_word(value: int) -> bool | None:
    """NetworkManager's number: 1 and 3 are metered (said, guessed), 2 and 4 are not, 0 is not known."""
    return {1: True, 3: True, 2: False, 4: False}.get(value)
