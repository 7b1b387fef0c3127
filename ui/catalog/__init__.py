"""The Catalogue page, part by part: adding products, jobs and their report, browsing, health, map, managing."""
