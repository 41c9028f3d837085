"""pyxform, the converter of ODK, Kobo and Enketo: reads one JSON object a line, `{"path"}` of a
spreadsheet, and answers with one: `{"xform"}` or `{"error"}`."""

import json
import sys

from pyxform.xls2xform import convert


def answer(path: str) -> dict:
    try:
        return {"xform": convert(path, pretty_print=False).xform}
    except Exception as error:  # Whatever it is, it is why there is no form.
        return {"error": str(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)["path"])), flush=True)
