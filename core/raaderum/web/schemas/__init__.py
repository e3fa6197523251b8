"""What a program may send to each resource, and what it is answered."""
