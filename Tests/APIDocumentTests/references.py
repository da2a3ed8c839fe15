"""References in an OpenAPI document."""


def resolve(document, value):
    """The part of the document that a value refers to; the value itself if it is no reference."""
    while "$ref" in value:
        target = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        value = target
    return value
