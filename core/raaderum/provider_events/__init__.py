"""What providers have told us: every proven event is kept once, sealed, before it is worked on."""
