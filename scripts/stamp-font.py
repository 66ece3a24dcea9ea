#!/usr/bin/env python3
"""Makes assets/fonts/stamp.otf, the letters of the stamp on photos.

Needed only when the set of characters changes: Debian's fonts-noto-cjk, and fontTools 4.60.
GB 2312 (6,763 characters and its signs) covers what forms and place names are written in;
what is outside is drawn as its number (crates/picture/src/stamp/letters.rs).
"""

import sys
from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
TARGET = "assets/fonts/stamp.otf"


def gb2312():
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                pass


def main():
    # Signs of our own lines: degrees, plus-minus, a middle dot, minutes of arc.
    wanted = set(gb2312()) | {chr(c) for c in range(0x20, 0x7F)} | set("°±·′″—…㎡")
    # Kana, Greek and Cyrillic are in GB 2312 but in no address.
    wanted = {c for c in wanted if not 0x0370 <= ord(c) <= 0x04FF and not 0x3040 <= ord(c) <= 0x30FF}
    fonts = TTCollection(SOURCE).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 5, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in wanted])
    subsetter.subset(font)
    # What only vertical setting and East Asian spacing need.
    for table in ("VORG", "vhea", "vmtx", "GPOS", "GSUB", "BASE", "DSIG"):
        if table in font:
            del font[table]
    font.save(TARGET)
    print(len(wanted), "characters", file=sys.stderr)


main()
