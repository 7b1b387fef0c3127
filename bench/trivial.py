"""The least that a Streamlit page can do: count the clicks."""

import streamlit as st

st.session_state.setdefault("clicks", 0)
st.session_state.clicks += st.button("Click")
st.text(f"Clicked {st.session_state.clicks} times")
