"""``python -m finsam_xl.cli`` is the program ``finsam-xl``."""

from finsam_xl.cli.commands import main

main()
