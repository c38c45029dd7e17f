"""Reads packs after PACK-FORMAT.md, written from that page alone. Needs Python 3.9 or later and nothing else.

    python3 docs/pack_reader.py check crates/pack/vectors/vectors.json
    python3 docs/pack_reader.py show 'https://library.example.org/pack#v1.…'
"""

import base64
import datetime
import json
import re
import sys
import zlib

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HIDDEN = re.compile(
    "[\0-\t\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class Refused(Exception):
    """Why a fragment is not a pack: one of the causes of PACK-FORMAT.md."""


def read(fragment):
    version = re.match(r"v(0|[1-9][0-9]{0,5})\.", fragment)
    if not version or version[1] == "0":
        raise Refused("foreign")
    if version[1] != "1":
        raise Refused("newer")
    if len(fragment.encode()) > 4096:
        raise Refused("too large")
    letters = fragment[3:]
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    if any(letter not in LETTERS for letter in whole):
        raise Refused("garbled")
    data = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4))
    if len(data) < 5 or (data[4] >= 128 and len(data) < 6):
        raise Refused("truncated")
    length, start = data[4], 5
    if length >= 128:
        length, start = (length & 127) | data[5] << 7, 6
        if not 0 < data[5] < 128:
            raise Refused("garbled")
    body = data[start:]
    if len(body) < length:
        raise Refused("truncated")
    canonical = base64.urlsafe_b64encode(data).decode().rstrip("=")
    if len(body) > length or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big") or canonical != letters:
        raise Refused("garbled")
    try:
        return read_body(body)
    except IndexError:
        raise Refused("garbled") from None


def read_body(body):
    at = 0

    def take(count):
        nonlocal at
        if at + count > len(body):
            raise IndexError
        at += count
        return body[at - count : at]

    flags = take(1)[0]
    if flags > 15:
        raise Refused("garbled")
    visit = None
    if flags & 2:
        bits = int.from_bytes(take(2), "big")
        try:
            visit = datetime.date(2020 + (bits >> 9), bits >> 5 & 15, bits & 31).isoformat()
        except ValueError:
            raise Refused("garbled") from None
    count = take(1)[0]
    if count == 0:
        raise Refused("empty")
    if count > 24:
        raise Refused("too large")
    items = []
    for _ in range(count):
        head = take(1)[0]
        if head > 63:
            raise Refused("garbled")
        article = take(4).hex()
        sections = [take(3).hex() for _ in range(head & 31)]
        if len(set(sections)) < len(sections):
            raise Refused("garbled")
        items.append({"article": article, "sections": sections, "depth": "full" if head & 32 else "short"})
    return {"items": items, "note": read_note(body[at:], flags & 12), "large": bool(flags & 1), "visit": visit}


def read_note(rest, flag):
    if flag == 12 or bool(flag) != bool(rest):
        raise Refused("garbled")
    if flag == 8:
        stream = zlib.decompressobj(-15)
        try:
            note = stream.decompress(rest, 2000)
        except zlib.error:
            raise Refused("garbled") from None
        if not stream.eof:
            # Full, and there is more to come: too large. Not full: the stream was cut.
            raise Refused("too large" if len(note) == 2000 else "garbled")
        if stream.unused_data or len(note) <= len(rest):
            raise Refused("garbled")
        rest = note
    try:
        note = rest.decode()
    except UnicodeDecodeError:
        raise Refused("garbled") from None
    if len(note) > 500:
        raise Refused("too large")
    if HIDDEN.search(note) or note != note.strip() or "\n\n\n" in note:
        raise Refused("garbled")
    return note


def check(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    for vector in vectors:
        try:
            found, cause = read(vector["fragment"]), None
        except Refused as refused:
            found, cause = None, str(refused)
        expected = (vector.get("pack"), vector.get("refused"))
        assert (found, cause) == expected, (vector["name"], found, cause)
    print(f"{len(vectors)} vectors: all as they should be")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "check":
        check(sys.argv[2])
    elif len(sys.argv) == 3 and sys.argv[1] == "show":
        print(json.dumps(read(sys.argv[2].split("#", 1)[-1]), ensure_ascii=False, indent=2))
    else:
        sys.exit(__doc__)
