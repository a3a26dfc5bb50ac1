"""The price list of an edition: packages, space, supplements, extras; and how many staff badges a stand has."""
