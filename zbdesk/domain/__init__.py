"""The accounting model: modules, records, money, dates, states, errors. Pure: no I/O, no clock, standard library only."""
