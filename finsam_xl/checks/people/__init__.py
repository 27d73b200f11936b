"""Rules about participants, referrals and shares of people."""
