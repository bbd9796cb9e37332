"""Quality of what is extracted."""

import os

# As `kg` itself does, before numpy is imported: small matrices gain nothing from more threads, which only spin.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
