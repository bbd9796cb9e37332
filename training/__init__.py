"""Training of kg's language model: prepare, train, export, evaluate (never needed at run time)."""
