"""The pages, server-rendered and whole without JavaScript: one module for each group of pages, `templating.py` for what they share."""
