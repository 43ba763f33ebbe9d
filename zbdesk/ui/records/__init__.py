"""One table for every module, with filter, totals and a detail pane."""
