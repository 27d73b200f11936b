"""The command line ``finsam-xl``: thin, Swedish, and never a traceback."""
