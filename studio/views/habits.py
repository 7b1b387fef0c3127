"""Know where people photograph what: places by category, what lies about there, and colours that go together."""

from __future__ import annotations

from dataclasses import dataclass

from studio.catalogue import Item
from studio.views.snapshot import Thing

Range = tuple[float, float]


@dataclass(frozen=True)
class Habit:
    """Where a category is photographed, from how high (degrees), and how: `side` is how far from its shop view."""

    grounds: tuple[str, ...]
    elevation: Range = (12, 42)
    side: Range = (14, 40)
    furniture: bool = False
    paired: float = 0.0
    lean: Range = (0.0, 0.0)


HABITS: dict[str, Habit] = {
    "backpack": Habit(("floor", "tiles", "seat", "paving", "lawn", "bed", "concrete", "rug"), (8, 34)),
    "bag": Habit(("table", "seat", "floor", "hook", "bed", "paving", "desk", "tiles", "concrete"), (6, 34)),
    "basket": Habit(("floor", "rug", "tiles", "bed", "lawn", "seat"), (15, 45)),
    "boot": Habit(("floor", "tiles", "paving", "rug", "concrete", "lawn"), (18, 48), paired=0.6),
    "bottle": Habit(("desk", "counter", "lawn", "table", "concrete", "shelf", "paving"), (6, 36)),
    "bowl": Habit(("table", "counter", "shelf", "table", "desk"), (18, 48)),
    "candle": Habit(("table", "shelf", "desk", "counter"), (10, 38)),
    "chair": Habit(("floor", "rug", "tiles", "concrete", "paving"), (8, 30), (20, 55), furniture=True),
    "clock": Habit(("shelf", "table", "desk"), (4, 26), (8, 26)),
    "cookware": Habit(("counter", "table", "counter", "shelf"), (18, 46)),
    "cushion": Habit(("seat", "bed", "floor", "rug", "seat", "lawn"), (14, 38), (8, 30), lean=(12, 22)),
    "hat": Habit(("seat", "table", "bed", "shelf", "lawn", "floor"), (12, 40)),
    "headphones": Habit(("desk", "table", "bed", "seat", "shelf", "counter"), (12, 40)),
    "kettle": Habit(("counter", "table", "counter", "shelf"), (10, 34)),
    "lamp": Habit(("table", "desk", "floor", "table", "shelf"), (3, 24)),
    "mug": Habit(("table", "counter", "desk", "shelf", "table", "concrete"), (14, 46)),
    "notebook": Habit(("desk", "table", "bed", "seat", "table"), (24, 55)),
    "planter": Habit(("floor", "table", "shelf", "paving", "counter", "concrete", "tiles"), (8, 38)),
    "sandal": Habit(("tiles", "floor", "paving", "rug", "lawn", "concrete"), (24, 54), paired=0.6),
    "sneaker": Habit(("floor", "rug", "paving", "tiles", "lawn", "concrete"), (20, 50), paired=0.6),
    "sofa": Habit(("floor", "rug", "tiles", "concrete", "rug"), (6, 22), (12, 45), furniture=True),
    "speaker": Habit(("desk", "shelf", "table", "floor", "counter"), (8, 34)),
    "suitcase": Habit(("floor", "tiles", "paving", "concrete", "rug"), (8, 30)),
    "sunglasses": Habit(("table", "desk", "bed", "concrete", "counter"), (18, 46)),
    "table": Habit(("floor", "rug", "tiles", "concrete", "rug"), (12, 34), (14, 45), furniture=True),
    "toy": Habit(("rug", "floor", "bed", "table", "lawn"), (12, 40)),
    "umbrella": Habit(("floor", "tiles", "paving", "concrete"), (8, 32)),
    "vase": Habit(("table", "shelf", "desk", "floor", "counter", "table"), (4, 34)),
    "watering-can": Habit(("paving", "floor", "lawn", "concrete", "table", "tiles"), (10, 36)),
    "wall clock": Habit(("wall",), (-8, 14), (8, 26)),
    "watch": Habit(("desk", "table", "bed", "counter", "table", "shelf"), (16, 46), (8, 32)),
}
OUTDOORS = {"paving", "lawn"}
NARROW = {"shelf", "hook", "wall"}
STEEPEST: dict[str, Range] = {
    "lawn": (36, 55), "bed": (20, 48), "hook": (-4, 14), "wall": (-8, 12), "shelf": (0, 20), "seat": (8, 34),
}  # fmt: skip

WALLS = ("#e6e0d4", "#d9d2c6", "#cfd6d2", "#c9d0d8", "#d8c6b6", "#bfc7b6", "#e3c9bd", "#9fb0b5", "#f0ece2", "#a7a29a",
         "#7f8f86", "#c7b299", "#8c96a3", "#dcd3dc")  # fmt: skip
WOODS = ("oak", "ash", "beech", "walnut", "honey", "chestnut", "#8a6f55", "#b8a58a")
CLOTHS = ("oat", "cream", "chalk", "dove", "sage", "blush", "denim", "sand", "slate", "#cdd6db", "mushroom")
DEEP = ("eucalyptus", "petrol", "slate", "forest", "terracotta", "ochre", "dusty pink", "ink", "sage", "mushroom")
STONES = ("#a8a49c", "#b9ab98", "#8f959a", "#c2b8a8", "#9b948a", "#d6d0c5")
TILES = ("white", "chalk", "mint", "sky", "sage", "#d8c9b8", "#bcc6cc")
BOOKS = ("ink", "oat", "terracotta", "slate", "mustard", "chalk", "forest", "brick", "dusty pink", "petrol")
AUTUMN = ("#a8682e", "#c08a35", "#8b4a2b", "#b5532f", "#9a8a3c")
FRUIT = ("lemon", "cherry", "#b9c25a", "tangerine", "#c9863c")
CASES = ("black", "dusty pink", "navy", "sage", "chalk")

# What lies about, by ground: kinds beside and behind a product, and kinds that may hide part of it.
ABOUT: dict[str, tuple[str, ...]] = {
    "table": ("plate", "napkin", "striped napkin", "coasters", "stack", "magazine", "phone", "fruit", "fruit plate",
              "book"),
    "desk": ("laptop", "pencils", "stack", "magazine", "phone", "pen", "book", "magazine"),
    "counter": ("board", "jar", "fruit", "fruit plate", "striped napkin", "coasters", "plate", "jar"),
    "shelf": ("row", "stack", "jar", "row", "coasters", "fern"),
    "bed": ("book", "magazine", "pillow", "phone", "pillow"),
    "seat": ("pillow", "book", "magazine", "phone"),
    "floor": ("stack", "carton", "magazine", "leafy plant", "rubber plant", "ball", "book"),
    "rug": ("magazine", "stack", "book", "ball", "leafy plant"),
    "tiles": ("carton", "stack", "leafy plant", "magazine", "ball"),
    "concrete": ("carton", "pebbles", "rubber plant", "stack", "leaves"),
    "paving": ("leaves", "pebbles", "leaves", "fern", "ball"),
    "lawn": ("leaves", "ball", "leaves"),
    "hook": (),
    "wall": (),
}  # fmt: skip
# What may hide part of a product, by its size; nearer to the front is likelier.
COVERS: dict[str, tuple[str, ...]] = {
    "tiny": ("fruit", "jar", "book", "ball", "carton"),
    "small": ("stack", "book", "fruit plate", "jar", "fern", "ball", "carton"),
    "medium": ("stack", "leafy plant", "fern", "rubber plant", "pillow", "ball", "fruit plate", "carton"),
    "large": ("pouf", "side table", "rubber plant", "drape", "carton"),
}
LIMITS = (("tiny", 0.16), ("small", 0.26), ("medium", 0.62))  # metres
WORKTOPS = {"table", "desk", "counter", "shelf"}
WHERE: dict[str, set[str]] = {  # what is out of place elsewhere
    "fruit": WORKTOPS, "jar": WORKTOPS, "fruit plate": WORKTOPS, "pillow": {"bed", "seat"},
    "ball": {"floor", "rug", "tiles", "concrete", "paving", "lawn"},
    "drape": {"floor", "rug", "tiles", "concrete"},
}  # fmt: skip


def colours_of(kind: str) -> tuple[tuple[str, ...], ...]:
    """Return for each colour a thing wants, those it may have."""
    return {
        "stack": (BOOKS,) * 3, "book": (BOOKS,), "row": (BOOKS,) * 6, "magazine": (DEEP, ("cream", "chalk", "butter")),
        "coasters": (DEEP,), "phone": (CASES,), "pen": (DEEP,),
        "jar": (("#d8c7a0", "#7a4a2e", "#c9a25c", "#e9e2d2"), WOODS[:4]),
        "plate": (("white", "chalk", "sage", "sky"),), "fruit": (FRUIT,),
        "fruit plate": (("white", "chalk"), FRUIT, FRUIT),
        "board": (WOODS[:4], FRUIT), "napkin": (CLOTHS,), "striped napkin": (("chalk", "cream"), DEEP),
        "picture": (DEEP, DEEP, DEEP, ("oak", "black", "walnut")), "curtain": (CLOTHS,),
        "rubber plant": (("terracotta", "chalk", "slate"),), "leafy plant": (("terracotta", "chalk", "slate"),),
        "fern": (("terracotta", "chalk", "slate"),), "carton": (("#c9b48c", "#e6e0d4"),), "pebbles": (STONES, STONES),
        "leaves": (AUTUMN, AUTUMN, AUTUMN), "ball": (DEEP, ("cream", "chalk")), "pillow": (CLOTHS,), "pouf": (CLOTHS,),
        "sideboard": (WOODS[:4], DEEP), "side table": (WOODS[:4], BOOKS, BOOKS), "drape": (CLOTHS,),
    }.get(kind, ())  # fmt: skip


def habit(item: Item) -> Habit:
    """Return the habit of a product's subcategory, or its category; one that has none stands on floors and tables."""
    usual = HABITS.get(item.category, Habit(("table", "floor", "desk", "rug")))
    return HABITS.get(item.row["subcategory"], usual)


def covers(extent: float, ground: str, category: str) -> list[str]:
    """Return the kinds that may hide part of a product of a largest extent (metres) there; plants hide no plants."""
    kinds = COVERS[next((size for size, limit in LIMITS if extent < limit), "large")]
    green = {"fern", "leafy plant", "rubber plant"} if category == "planter" else set()
    return [kind for kind in kinds if kind not in green and ground in WHERE.get(kind, {ground})]


def flat(thing: Thing) -> bool:
    """Tell whether a thing lies so low that a product beside it is never hidden."""
    return thing.kind in {"magazine", "phone", "pen", "napkin", "striped napkin", "leaves", "pebbles", "coasters"}
