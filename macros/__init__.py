"""What can be clicked in Excel on the desktop: VBA as text, and the binder it calls; no logic."""
