"""One citizen in one programme, from referral to the end."""
