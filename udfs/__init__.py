"""What can be typed in a cell or clicked in a task pane: binders for each host, no logic."""
