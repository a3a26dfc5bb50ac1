"""Badges: the signed token, its QR symbol, the card, reissue and revocation."""
