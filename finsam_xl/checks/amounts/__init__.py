"""Rules about tables of amounts: sums, fees, equity, deviations, rows over the years."""
