"""Random filled forms: what is put in is known, and so what must come out."""
