"""The OpenAPI document, made from the catalogue: nothing in it is typed twice."""
