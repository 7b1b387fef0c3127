"""Make what the project bundles: pictures, data and models. Never needed at run time."""
