"""The Search page, and the entry point of `streamlit run app.py`.

Streamlit runs this file twice over: as a module, whose `app` is the server with its own routes, and as a script, which
draws the page for each visitor.
"""

from __future__ import annotations

import streamlit as st

from ui.apology import apologise
from ui.server import routes
from ui.shell import page


def main() -> None:
    """Draw the Search page."""
    # Imported here, by a script run: a component that is declared before the server stands would not be served.
    from ui.search_page import search_page

    page("Search")
    search_page()


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=routes(), on_script_error=apologise)
