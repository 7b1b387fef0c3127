"""Second views of products, as a customer's phone takes them: the ground truth for "same product"."""
