"""What several tests share: workbooks to try on, checkers, and ways to run the real programs."""
