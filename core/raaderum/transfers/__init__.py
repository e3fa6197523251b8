"""Small transfers to citizens: what each lane allows, and the runs in which they are paid."""
