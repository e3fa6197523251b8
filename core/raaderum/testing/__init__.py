"""For tests, ours and vendors': fixtures on real engines, builders of cases, samples of documents."""
