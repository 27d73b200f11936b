"""Rules about goals, indicators, outcomes and the Impactindex."""
