"""Photos of several products in a room or a street, with exact boxes."""
