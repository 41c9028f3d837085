"""How Schemathesis writes the bodies that are bytes here, and what there is to be found."""

import os
import random

import schemathesis

THERE = {"digest": os.environ.get("XST_FORM"), "file": os.environ.get("XST_FILE")}
CHANCE = random.Random(1)


@schemathesis.serializer("application/cbor", "application/offset+octet-stream")
def as_they_are(context, value):
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return bytes(getattr(value, "data", value))


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """What is there is asked for as often as what is not."""
    for name, there in THERE.items():
        if there and path_parameters and name in path_parameters and CHANCE.random() < 0.5:
            path_parameters[name] = there
    return path_parameters
