"""Read side: the landing page, the registration wizard, the exhibitor's and the visitor's home."""
