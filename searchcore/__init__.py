"""Visual product search: find objects in a picture, embed one, find its neighbours in a catalogue.

>>> import searchcore
>>> engine = searchcore.open_engine("local")
>>> picture = searchcore.Picture.from_file("photo.jpg")
>>> found = engine.detect(picture)
>>> result = engine.search(searchcore.Query(picture=picture, box=found[0].box), k=12)
"""

from searchcore.detectors.base import Detection
from searchcore.engine import SearchEngine
from searchcore.errors import SearchError
from searchcore.geometry import Box
from searchcore.images import Picture
from searchcore.pipelines import open_engine
from searchcore.products import Product
from searchcore.query import Filters, Query
from searchcore.results import Hit, SearchResult
from searchcore.settings import Settings, load_settings

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Detection",
    "Filters",
    "Hit",
    "Picture",
    "Product",
    "Query",
    "SearchEngine",
    "SearchError",
    "SearchResult",
    "Settings",
    "load_settings",
    "open_engine",
]
