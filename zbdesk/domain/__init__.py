"""The accounting model: modules, records, money, dates, states, errors. Pure: standard library only, no clock."""
