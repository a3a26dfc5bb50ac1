"""Flask's helpers, once for all rooms: errors, headers, forms, languages, links, paging."""
