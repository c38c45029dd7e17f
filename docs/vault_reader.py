#!/usr/bin/env python3
"""An independent reader of Doorway's vault format (docs/VAULT-FORMAT.md), written from that page.

    pip install pynacl==1.6.2 argon2-cffi==25.1.0 mnemonic==0.21
    python3 docs/vault_reader.py check crates/vault/vectors     holds the reader to the frozen vectors
    python3 docs/vault_reader.py open backup.bin FOLDER         asks for the passphrase or the 24 words and writes out
                                                                every newest record and attachment

Where standard input is no terminal, the secret is its first line, in UTF-8. It is never an argument: other programs see
those. The reader only reads. HKDF is from the standard library's HMAC, XChaCha20-Poly1305 from libsodium, Argon2id from
the reference implementation. The word list comes from the package `mnemonic`.
"""

import getpass
import hashlib
import hmac
import json
import pathlib
import struct
import sys
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as xchacha_open
from nacl.exceptions import CryptoError

LABEL = "doorway vault 2026-11-22 "
RECORD, ATTACHMENT, MANIFEST, MARKS, BACKUP, PASSPHRASE, RECOVERY, PASSKEY = 1, 2, 3, 4, 5, 16, 17, 18
NAMES = {RECORD: "record", ATTACHMENT: "attachment", MANIFEST: "manifest", MARKS: "marks", BACKUP: "backup",
         PASSPHRASE: "slot passphrase", RECOVERY: "slot recovery", PASSKEY: "slot passkey"}
NONE = bytes(32)
WIDTHS = (4, 2, 2, 16, 1, 16, 8, 32, 16, 8)
HEADER = sum(WIDTHS) + 2 * len(WIDTHS)
PART = 64 << 10


class Refused(Exception):
    """Why something was refused, by the name that the vectors give it."""


def need(condition, why):
    if not condition:
        raise Refused(why)


def extract(salt, secret):
    return hmac.new(salt, secret, hashlib.sha256).digest()


def expand(key, label, *fields):
    text = (LABEL + label).encode("ascii")
    info = bytes([len(text)]) + text + b"".join(fields)
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()


def padme(length):
    length = max(length, 4096)
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


class Header:
    def __init__(self, data):
        at, fields = 0, []
        for number, width in enumerate(WIDTHS):
            need(len(data) >= at + 2 + width, "Malformed" if number else "NotOurs")
            need(struct.unpack_from("<H", data, at)[0] == width, "Malformed" if number else "NotOurs")
            fields.append(data[at + 2:at + 2 + width])
            at += 2 + width
            if number == 0:
                need(fields[0] == b"DWV\0", "NotOurs")
            if number == 1:
                form = struct.unpack("<H", fields[1])[0]
                need(form >= 1, "Older")
                need(form <= 1, "Newer")
            if number == 2:
                need(struct.unpack("<H", fields[2])[0] == 1, "Suite")
        self.vault, self.kind, self.id = fields[3], fields[4][0], fields[5]
        self.revision, self.previous, self.key = struct.unpack("<Q", fields[6])[0], fields[7], fields[8]
        flags = struct.unpack("<Q", fields[9])[0]
        self.index, self.last = flags & 0xFFFFFFFF, bool(flags >> 32)
        need(self.kind in NAMES and flags >> 33 == 0, "Malformed")
        if self.kind == ATTACHMENT:
            need(self.revision == 1 and (self.index == 0) == (self.previous == NONE), "Malformed")
        else:
            need(self.index == 0 and self.last, "Malformed")
            need(self.revision > 0 and (self.revision == 1) == (self.previous == NONE), "Malformed")


def unseal(key, head, rest):
    """What is under an object key: `rest` is nonce, commitment, ciphertext and tag."""
    need(len(rest) >= 72, "Malformed")
    nonce, commitment, sealed = rest[:24], rest[24:56], rest[56:]
    mine = expand(key, "commitment", nonce, hashlib.sha256(head).digest())
    need(hmac.compare_digest(mine, commitment), "Commitment")
    try:
        return xchacha_open(sealed, head, nonce, expand(key, "encryption"))
    except CryptoError:
        raise Refused("Damaged") from None


class Vault:
    def __init__(self, name, key):
        self.id, self.prk = name, extract(name, key)
        self.key_id = expand(self.prk, "key id")[:16]

    def open(self, data, kind):
        """Header and padded content of something sealed."""
        header = Header(data)
        need(header.vault == self.id, "OtherVault")
        need(header.key == self.key_id, "OtherKey")
        need(header.kind == kind, "OtherObject")
        size = len(data) - HEADER - 72
        if kind == ATTACHMENT:
            need(5 < size <= PART + 5 and (header.last or size == PART + 5), "Malformed")
        else:
            need(size >= 4096 and padme(size) == size, "Malformed")
        key = expand(self.prk, NAMES[kind], header.id)
        return header, unseal(key, data[:HEADER], data[HEADER:])

    def content(self, data, kind):
        """Header, type and content, with the padding checked."""
        header, plain = self.open(data, kind)
        what, length = plain[0], struct.unpack_from("<I", plain, 1)[0]
        need(length <= len(plain) - 5 and not any(plain[5 + length:]), "Malformed")
        need(kind == ATTACHMENT or padme(5 + length) == len(plain), "Malformed")
        return header, what, plain[5:5 + length]


class Slot:
    def __init__(self, data):
        need(len(data) <= 2048, "TooLarge")
        self.header = Header(data)
        need(self.header.kind in (PASSPHRASE, RECOVERY, PASSKEY), "OtherObject")
        at = HEADER
        need(data[at:at + 2] == b"\x20\0", "Malformed")
        self.salt = data[at + 2:at + 34]
        length = struct.unpack_from("<H", data, at + 34)[0]
        self.parameters = data[at + 36:at + 36 + length]
        if self.header.kind == PASSPHRASE:
            need(length == 12, "Malformed")
            self.memory, self.passes, lanes = struct.unpack("<III", self.parameters)
            need(19 << 10 <= self.memory <= 256 << 10 and 2 <= self.passes <= 16 and lanes == 1, "Parameters")
        elif self.header.kind == RECOVERY:
            need(length == 0, "Malformed")
        else:
            need(33 <= length <= 1055, "Malformed")
        self.head, self.rest = data[:at + 36 + length], data[at + 36 + length:]
        need(len(self.rest) == 72 + 32 + 16, "Malformed")
        need(hashlib.sha256(data[:-16]).digest()[:16] == data[-16:], "DamagedSlot")

    def open(self, secret):
        """`secret`: the passphrase as text, or the 32 bytes behind the words, or the passkey's output."""
        if self.header.kind == PASSPHRASE:
            secret = unicodedata.normalize("NFKC", secret).encode()
            secret = hash_secret_raw(secret, self.salt, self.passes, self.memory, 1, 32, Type.ID)
        key = expand(extract(self.salt, secret), NAMES[self.header.kind])
        vault = Vault(self.header.vault, unseal(key, self.head, self.rest[:-16]))
        need(vault.key_id == self.header.key, "OtherKey")
        return vault


def lines(content):
    """The lines of a manifest: {(what, id): (revision, hash, state)}."""
    count = struct.unpack_from("<I", content)[0]
    need(len(content) == 4 + 58 * count, "Malformed")
    out, before = {}, None
    for at in range(4, len(content), 58):
        what, name, revision, digest, state = struct.unpack_from("<B16sQ32sB", content, at)
        need(what in (1, 2, 3) and state <= 2 and revision > 0, "Malformed")
        need(before is None or before < (what, name), "Malformed")
        before = (what, name)
        out[before] = (revision, digest, state)
    return out


def written(entries):
    packed = (struct.pack("<B16sQ32sB", *thing, *entry) for thing, entry in sorted(entries.items()))
    return struct.pack("<I", len(entries)) + b"".join(packed)


def manifest(vault, files):
    """A whole manifest and the changes after it: version, head and entries."""
    version, head, entries = 0, NONE, {}
    for number, data in enumerate(files):
        header, what, content = vault.content(data, MANIFEST)
        need(header.id == bytes(16) and what == (2 if number else 1), "Malformed")
        need(not number or (header.revision, header.previous) == (version + 1, head), "Forked")
        version, head = header.revision, hashlib.sha256(data).digest()
        entries.update(lines(content))
    return version, head, entries


def fingerprint(vault, version, entries):
    state = hashlib.sha256(written(entries)).digest()
    bits = int.from_bytes(expand(vault.prk, "fingerprint", struct.pack("<Q", version), state), "big")
    return [bits >> 256 - 11 * (word + 1) & 2047 for word in range(6)]


def body(vault, data):
    header, what, content = vault.content(data, RECORD)
    if what == 0:
        return header, content
    need(what == 1 and len(content) == 8, "Malformed")
    return header, struct.unpack("<Q", content)[0]


class Backup:
    """A backup file: its slots, then with the key everything in it."""

    def __init__(self, data):
        self.data = data
        need(data[:4] == b"DWVB", "NotOurs")
        need(len(data) >= 56, "Unfinished")
        form, suite = struct.unpack_from("<HH", data, 4)
        need(form >= 1, "Older")
        need(form <= 1, "Newer")
        need(suite == 1, "Suite")
        self.vault, self.key, self.id = data[8:24], data[24:40], data[40:56]
        self.frames, at, before = [], 56, 0
        while before != 5:
            need(len(data) >= at + 5, "Unfinished")
            kind, length = struct.unpack_from("<BI", data, at)
            need(1 <= kind <= 5 and kind >= before, "Malformed")
            need(len(data) >= at + 5 + length, "Unfinished")
            self.frames.append((kind, data[at + 5:at + 5 + length]))
            self.end, at, before = at, at + 5 + length, kind
        need(at == len(data), "Malformed")

    def of(self, kind):
        return [data for frame, data in self.frames if frame == kind]

    def slots(self):
        return [Slot(data) for data in self.of(1)]

    def open(self, vault):
        """When it was made, and the newest content of each record and attachment, by id."""
        need((vault.id, vault.key_id) == (self.vault, self.key), "OtherVault")
        (listed,), (last,) = self.of(2), self.of(5)
        _, _, entries = manifest(vault, [listed])
        header, what, content = vault.content(last, BACKUP)
        need(header.id == self.id and what == 1, "Damaged")
        made_at, frames, length, digest = struct.unpack("<QQQ32s", content)
        need((frames, length) == (len(self.frames) - 1, self.end), "Damaged")
        need(hashlib.sha256(self.data[:self.end]).digest() == digest, "Damaged")
        records, heads, chains = {}, {}, {}
        for data in self.of(3):
            header, content = body(vault, data)
            if header.id in heads:
                need(header.previous == heads[header.id], "Forked")
            records[header.id] = content
            heads[header.id] = hashlib.sha256(data).digest()
        for data in self.of(4):
            header, what, content = vault.content(data, ATTACHMENT)
            index, parts, size, before, done = chains.get(header.id, (0, [], 0, NONE, False))
            need(not done and (header.index, header.previous) == (index, before) and what == 0, "OutOfOrder")
            size += len(data) - HEADER - 72 - 5
            parts.append(content)
            if header.last:
                need(size == padme(sum(map(len, parts))), "Malformed")
            before = hashlib.sha256(data).digest()
            chains[header.id] = (index + 1, parts, size, before, header.last)
        for (what, name), (_, digest, state) in entries.items():
            if what == 1 and state != 2:
                need(heads.get(name) == digest, "Missing")
            if what == 2 and state != 2:
                need(name in chains and chains[name][3:] == (digest, True), "Missing")
        there = {thing for thing, (_, _, state) in entries.items() if state != 2}
        need(all((1, name) in there for name in heads) and all((2, name) in there for name in chains), "Planted")
        return made_at, records, {name: b"".join(chain[1]) for name, chain in chains.items()}


def words():
    from mnemonic import Mnemonic
    return Mnemonic("english").wordlist


def entropy(text, wordlist):
    number = 0
    typed = text.lower().split()
    need(len(typed) == 24 and all(word in wordlist for word in typed), "Phrase")
    for word in typed:
        number = number << 11 | wordlist.index(word)
    secret = (number >> 8).to_bytes(32, "big")
    need(hashlib.sha256(secret).digest()[0] == number & 255, "Phrase")
    return secret


def check(folder):
    """Holds this reader to the vectors. Every line that is printed was checked."""
    read = lambda name: (folder / name).read_bytes()
    index = json.loads(read("vectors.json"))
    by_passphrase, by_words, by_passkey = index["slots"]
    vault = Slot(read(by_passphrase["file"])).open(by_passphrase["passphrase"])
    assert (vault.id.hex(), vault.key_id.hex()) == (index["vault_id"], index["key_id"])
    wordlist = words()
    passkey = bytes.fromhex(by_passkey["prf_output"])
    for slot, secret in ((by_words, entropy(by_words["words"], wordlist)), (by_passkey, passkey)):
        assert Slot(read(slot["file"])).open(secret).prk == vault.prk
    try:
        Slot(read(by_passphrase["file"])).open("another passphrase")
        raise AssertionError("a wrong passphrase opened it")
    except Refused:
        pass
    print("3 slots open the same vault, and a wrong passphrase does not")
    for record in index["records"]:
        data = read(record["file"])
        header, content = body(vault, data)
        assert hashlib.sha256(data).hexdigest() == record["sha256"]
        assert (header.id.hex(), header.revision) == (record["id"], record["revision"])
        assert header.previous.hex() == record["previous"]
        expected = record["body"]
        assert content == expected.get("deleted_at", expected.get("content", "").encode())
    print(f"{len(index['records'])} revisions say what they said")
    version, _, entries = manifest(vault, [read(name) for name in index["manifest"]["files"]])
    assert (version, len(entries)) == (index["manifest"]["version"], index["manifest"]["entries"])
    six = " ".join(wordlist[word] for word in fingerprint(vault, version, entries))
    assert six == index["manifest"]["words"], six
    _, what, marks = vault.content(read(index["marks"]["file"]), MARKS)
    assert what == 1 and struct.unpack_from("<Q", marks)[0] == index["marks"]["sequence"]
    print(f"manifest {version} and the marks are read; its six words: {six}")
    expected = index["backup"]
    backup = Backup(read(expected["file"]))
    own = [slot for slot in backup.slots() if slot.header.kind == PASSPHRASE]
    made_at, records, attachments = backup.open(own[0].open(expected["passphrase"]))
    assert (made_at, len(records)) == (expected["made_at"], expected["records"])
    assert {k.hex(): hashlib.sha256(v).hexdigest() for k, v in attachments.items()} == expected["attachments"]
    print(f"the backup opens by its own passphrase: {len(records)} records, {len(attachments)} attachment")
    for length, size in index["padded"]:
        assert padme(length) == size
    for refused in index["refused"]:
        name, data = refused["file"], read(refused["file"])
        try:
            if "-slot-" in name:
                Slot(data)
            elif "-backup-" in name:
                Backup(data).open(vault)
            else:
                body(vault, data)
            raise AssertionError(f"{name} was not refused")
        except Refused as why:
            # A reader may meet another fault of the same file first; that it refuses is what counts.
            if str(why) != refused["why"]:
                print(f"  {name}: refused as {why}, the vectors say {refused['why']}")
    print(f"{len(index['refused'])} files that must be refused are refused")


def asked():
    """The passphrase or the words, from whoever sits at the terminal or from a program."""
    if sys.stdin.isatty():
        return getpass.getpass("passphrase, or the 24 words: ")
    return sys.stdin.buffer.readline().decode().rstrip("\r\n")


def restore(file, folder):
    """Writes the newest of everything in a backup to a folder."""
    backup = Backup(file.read_bytes())
    secret = asked()
    vault = None
    for slot in backup.slots():
        try:
            if slot.header.kind == PASSPHRASE:
                vault = slot.open(secret)
            elif slot.header.kind == RECOVERY and len(secret.split()) == 24:
                vault = slot.open(entropy(secret, words()))
        except Refused:
            continue
    need(vault, "WrongSecret")
    _, records, attachments = backup.open(vault)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in [*records.items(), *attachments.items()]:
        if isinstance(content, bytes):
            (folder / name.hex()).write_bytes(content)
    print(f"{len(records)} records and {len(attachments)} attachments")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "check":
        check(pathlib.Path(sys.argv[2]))
    elif len(sys.argv) == 4 and sys.argv[1] == "open":
        try:
            restore(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
        except Refused as why:
            sys.exit(f"refused: {why}")
    else:
        sys.exit(__doc__)
