"""What works on a computer, and the one thing to do about each thing that does not.

A probe gathers the facts of a computer (``probe.probed``), each check says of them how one thing
is (``checks.examined``), and whoever shows it decides where: the command ``hälsa``, or a button.
Nothing is changed, and nothing is sent: the network is never asked.
"""
