"""Name colours as a shop does, and say which go together."""

from __future__ import annotations

COLOURS: dict[str, str] = {
    "white": "#f3f1ec", "chalk": "#ebe7de", "cream": "#f0e6d2", "ivory": "#eee3cb", "oat": "#ddd0b8",
    "sand": "#d3bd98", "stone": "#b9b0a2", "taupe": "#8f8173", "mushroom": "#a8998a", "grey": "#8b8d8f",
    "dove": "#c3c4c2", "silver": "#c9ccce", "slate": "#55606b", "charcoal": "#3a3d41", "black": "#1b1b1d",
    "ink": "#232f45", "navy": "#20304f", "indigo": "#35406f", "denim": "#4c6a8f", "cobalt": "#1f4fa0",
    "sky": "#9dbfd6", "powder blue": "#b9cede", "teal": "#1f6b70", "petrol": "#1d4a57", "sea glass": "#9cc5b5",
    "mint": "#bcdcc6", "sage": "#9dab8d", "eucalyptus": "#7c9484", "olive": "#6c6a3c", "moss": "#56653e",
    "forest": "#2d4a38", "bottle green": "#1f4434", "lime": "#b8c653", "butter": "#f2dd9d", "lemon": "#edd35a",
    "mustard": "#cb972f", "ochre": "#bd8437", "amber": "#c7792c", "honey": "#d49b4a", "apricot": "#eab087",
    "peach": "#efc2a3", "coral": "#e07a5f", "tangerine": "#df7a34", "terracotta": "#b9603f", "rust": "#9a4a2b",
    "brick": "#8d3f33", "red": "#b5282e", "cherry": "#93202f", "burgundy": "#5e1f2c", "plum": "#59344f",
    "aubergine": "#3c2636", "lilac": "#bfaed0", "lavender": "#a99cc4", "violet": "#6a5295", "blush": "#e6c3bb",
    "rose": "#d195a0", "dusty pink": "#c99a96", "fuchsia": "#b83a75", "tan": "#b68254", "cognac": "#94562c",
    "chestnut": "#6e3b24", "chocolate": "#46291d", "walnut": "#5b4030", "oak": "#c09a6b", "ash": "#d9c3a0",
    "beech": "#d0a878", "cork": "#c29a6c", "gold": "#d6ae5d", "brass": "#b8934c", "copper": "#c07a55",
    "bronze": "#7d5f41", "rose gold": "#d3a08a", "steel": "#b4b7ba", "gunmetal": "#4d5257", "leaf": "#4d7a3a",
}  # fmt: skip

PALETTES: dict[str, tuple[str, ...]] = {
    "hearth": ("cream", "terracotta", "ochre", "chocolate", "sage"),
    "coast": ("white", "navy", "sky", "sand", "coral"),
    "forest": ("oat", "forest", "moss", "tan", "mustard"),
    "nordic": ("chalk", "dove", "slate", "black", "ash"),
    "orchard": ("butter", "apricot", "cherry", "leaf", "cream"),
    "dusk": ("blush", "plum", "ink", "lilac", "stone"),
    "atelier": ("ivory", "cobalt", "mustard", "brick", "charcoal"),
    "garden": ("mint", "eucalyptus", "dusty pink", "chalk", "bottle green"),
}


def rgb(colour: str) -> tuple[float, float, float]:
    """Return the sRGB share 0..1 of a colour's name or its "#rrggbb"."""
    code = COLOURS.get(colour, colour).lstrip("#")
    if len(code) != 6:
        raise ValueError(f"No colour {colour!r}: name one of palettes.COLOURS or write #rrggbb.")
    return int(code[0:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:6], 16) / 255


def linear(colour: str) -> tuple[float, float, float, float]:
    """Return a colour as linear RGBA, as a renderer wants it (IEC 61966-2-1)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))
    return red, green, blue, 1.0
