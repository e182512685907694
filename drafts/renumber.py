"""After the renumbering (03+ -> 04, 04..14 -> 05..15): python renumber.py, once, on the copies here.

Touches GLOSSARY.md (last columns, "In 10"), appendix_tensors.py (table, prose) and terms.csv is left.
"""

import re
from pathlib import Path

HERE = Path(__file__).parent


def new(number):
    if number == "03+":
        return "04"
    return f"{int(number) + 1:02}" if 4 <= int(number) <= 14 else number  # 16, 64: sizes


glossary = HERE / "GLOSSARY.md"
text = glossary.read_text("utf-8")
text = re.sub(r"\| (\(?)(\d\d\+?)(\)?) \|$", lambda m: f"| {m[1]}{new(m[2])}{m[3]} |", text, flags=re.M)
text = text.replace(" **03+** is the lesson *A table that\nlearns*, between 03 and 04.", "")
text = text.replace("In 10, T is also", "In 11, T is also")
glossary.write_text(text, "utf-8")

appendix = HERE / "appendix_tensors.py"
text = appendix.read_text("utf-8")
text = re.sub(r"\| (\d\d\+?) \| \[", lambda m: f"| {new(m[1])} | [", text)
text = text.replace("first meet it; 03+ is *A table that learns*.", "first meet it.")
text = text.replace("In 06 this is the mistake", "In 07 this is the mistake")
text = text.replace("as `sample` in 10 does", "as `sample` in 11 does")
appendix.write_text(text, "utf-8")
