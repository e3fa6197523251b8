"""Workers: they are woken by a doorbell, claim due work from the database and do it."""
