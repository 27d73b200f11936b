"""Rules about formulas: what they look at, and the others beside them."""
