"""Reads a bundle by the comments of crypt/seal.h, crypt/stream.h, sync/bundle.h, manifest.h and content.h.

usage: decode_bundle.py VECTORS LIMITED     checks tests/data/bundles/vectors.txt and limited.txt, prints TAP
"""
import hashlib
import pathlib
import sys
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import decode_operation as op_format  # noqa: E402
import open_bundle  # noqa: E402
from decode_operation import Malformed, Reader, blake2b, hold  # noqa: E402

MAGIC = bytes.fromhex('894741420d0a1a0a')


def read_file(data, secret):
    """(header, plain text)."""
    hold(data[:8] == MAGIC and data[8] == 1 and 1 <= data[9] <= 4, 'no bundle')
    header, rest = data[:42 + 48 * data[9]], data[42 + 48 * data[9]:]
    keys = [open_bundle.open_seal(secret, header[10:42], header[at:at + 48]) for at in range(42, len(header), 48)]
    key = next(k for k in keys if k is not None)
    chunks = [rest[at:at + 65553] for at in range(0, len(rest), 65553)]
    plain, tags = zip(*open_bundle.open_stream(key, blake2b(b'guanai.header', header)[:24], chunks))
    hold(tags == (0,) * (len(tags) - 1) + (3,), 'the last piece')
    return header, b''.join(plain)


def read_frames(plain):
    reader, frames = Reader(plain), []
    site = reader.take(16)
    while True:
        length = reader.varint(2162688)
        if length == 0:
            break
        frames.append(reader.take(length))
    hold(not any(plain[reader.at:-64]), 'padding')
    return site, frames, plain[:reader.at]


def read_manifest(data):
    r = Reader(data)
    hold(r.varint() == 1, 'no manifest')
    version = r.varint(2, 1)
    found = {'marks': r.varint(7 if version == 2 else 3), 'label': r.text(120), 'number': r.varint(least=1), 'day': r.zigzag(), 'bundles': [],
             'sites': []}
    total = 0
    for _ in range(r.varint(64, 1)):
        total += r.varint()
        found['bundles'].append(total)
    for _ in range(r.varint(4096)):
        found['sites'].append(r.take(16))
        for _ in range(r.varint(64, 1)):
            r.varint(least=1), r.varint(), r.take(32)
    hold(r.varint(4096) == 0, 'introductions')  # the vectors have none
    found['receiver'], found['taken'] = None, []
    if version == 2:
        found['receiver'] = r.take(16) if found['marks'] & 4 else None
        found['taken'] = [(r.take(16), r.varint(least=1)) for _ in range(r.varint(4096))]
        hold(found['receiver'] is not None or found['taken'], 'limited')
    r.end()
    op_format.rising(found['sites'], 'sites')
    return found


def root_of_parts(parts, count):
    """The root over `count` leaves, some of them given as the roots of whole subtrees; takes the parts it uses away."""
    leaf, leaves = parts[0]
    if leaves == count:
        return parts.pop(0)[0]
    hold(count > 1, 'parts')
    left = 1
    while left * 2 < count:
        left *= 2
    first = root_of_parts(parts, left)
    return blake2b(b'guanai.node', first + root_of_parts(parts, count - left))


class Block:
    def __init__(self, frame):
        r = Reader(frame)
        hold(r.varint() == 2 and r.varint(1) == 0, 'no bare block')
        r.varint(1572864)
        columns, drawn = Reader(r.take(r.varint())), frame[r.at:]
        first = columns.varint()
        names = columns.varint(4096)
        lengths = [columns.varint() for _ in range(5 + names)]
        self.t, self.o, self.s, self.n, self.w, *self.values = (Reader(columns.take(n)) for n in lengths)
        columns.end()
        self.d1, self.d2 = Reader(drawn[:first]), Reader(drawn[first:])
        self.names, self.forms, self.people = [], [], []
        self.record, self.record_ms, self.ref_seqs, self.ref_index = bytes(16), 0, {}, 0

    def end(self):
        for reader in (self.t, self.o, self.s, self.n, self.w, self.d1, self.d2, *self.values):
            reader.end()
        hold(len(self.names) == len(self.values), 'a name that nobody has')

    def name(self, index):
        if index == len(self.names):
            raw = self.n.take(self.n.varint(64, 1))
            self.names.append((op_format.checked_id(raw.removeprefix(b'!')), raw[:1] == b'!'))
        return self.names[index][0]

    def listed(self, items, read):
        index = self.o.varint(len(items))
        if index == len(items):
            items.append(read())
        return items[index]

    def take_record(self):
        self.record_ms += self.o.zigzag()
        self.record = self.record_ms.to_bytes(6, 'big') + self.d2.take(10)

    def take_value(self, index):
        value = self.take_bare_value(index)
        return {**value, 'names': True} if self.names[index][1] else value

    def take_bare_value(self, index):
        r = self.values[index]
        code = r.varint(6 + 2 * 65536 + 1)
        if code < 4:
            return {'state': op_format.WORDS[code]}
        if code == 4:
            return {'integer': r.zigzag()}
        if code == 5:
            return {'text': str(uuid.UUID(bytes=self.d2.take(16)))}
        return {'decimal' if code % 2 else 'text': r.take((code - 6) // 2).decode()}

    def take_group(self, replaced):
        head = self.s.varint()
        name = gid = self.name(head // 4)
        if head & 2:
            gid += '/' + str(uuid.UUID(bytes=self.d2.take(16)))
        code = self.s.varint(1 + 2 * replaced)
        if code <= replaced:
            replaces = [code - 1] if code else []
        else:
            replaces = [self.s.varint() for _ in range(code - 1 - replaced)]
        if head & 1:
            return {'group': gid, 'replaces': replaces, 'fields': [[name, self.take_value(head // 4)]]}
        fields = []
        for _ in range(self.s.varint(2000)):
            index = self.s.varint()
            fields.append([self.name(index), self.take_value(index)])
        return {'group': gid, 'replaces': replaces, 'fields': fields}

    def take_reference(self, bundle):
        site = self.o.varint()
        if site == 0:
            return self.d2.take(32)
        place = bundle.sites[site - 1]
        self.ref_seqs[place] = self.ref_seqs.get(place, 0) + self.o.zigzag()
        self.ref_index += self.o.zigzag()
        leaf = bundle.known[place, self.ref_seqs[place], self.ref_index]
        hold(leaf[:2] == self.d2.take(2), 'another leaf stands there')
        return leaf

    def take_parts(self, control, moment, bundle):
        salt = self.d2.take(16)
        if not control & 4:
            self.take_record()
        form = self.listed(self.forms, lambda: (self.n.id(), self.n.varint(), self.d2.take(32)))
        people = self.listed(self.people, lambda: (self.n.text(190), self.n.text(190)))
        if not control & 8:
            moment = [a + self.o.zigzag() for a in moment]
        op = {'in_doubt': bool(control & 16), 'protection': op_format.PROTECTION[control >> 5], 'record': self.record.hex(),
              'form': form[0], 'version': form[1], 'form_hash': form[2].hex(), 'user': people[0], 'typist': people[1],
              'day': moment[0], 'ms': moment[1], 'offset': moment[2]}
        op['replaced'] = [self.take_reference(bundle).hex() for _ in range(self.o.varint(2000))]
        op['groups'] = [self.take_group(len(op['replaced'])) for _ in range(self.o.varint(2000))]
        return salt, op_format.encode(op)

    def take_op(self, moment, bundle):
        """(salt, bytes, leaf, how many it stands for); the first two None where only the hash is left."""
        control = self.o.take(1)[0]
        if control == 3:
            hold(bundle.manifest['receiver'] is not None, 'a subtree')
            leaves = self.o.varint(1 << 22, 2)
            return None, None, self.d2.take(32), leaves
        if control == 2:
            return None, None, self.d2.take(32), 1
        if control == 1:
            data = self.w.take(self.o.varint())
            salt = self.d2.take(16)
        else:
            hold(control & 3 == 0, 'control')
            salt, data = self.take_parts(control, moment, bundle)
        return salt, data, op_format.leaf_of(salt, data), 1


class Bundle:
    def __init__(self, frames, known):
        self.manifest = read_manifest(frames[0])
        self.sites, self.known, self.ends = self.manifest['sites'], known, {}
        self.parcels = []
        for frame in frames[1:-1]:
            self.read_block(Block(frame))
        end = Reader(frames[-1])
        hold(end.varint() == 3 and end.varint() == len(self.parcels), 'transactions')
        hold(end.varint() == sum(op[3] for _, _, ops in self.parcels for op in ops), 'operations')
        end.end()

    def read_block(self, block):
        self.moment = [self.manifest['day'], 0, 0]
        carried = block.t.varint()
        hold(carried == 0, 'carried')  # the vectors have one block
        for _ in range(block.t.varint()):
            self.read_transaction(block)
        block.end()

    def read_transaction(self, block):
        marks = block.t.varint(12)
        signature = block.d1.take(64)
        tr = {'in_doubt': bool(marks & 1), 'previous': block.d1.take(32) if marks & 2 else None,
              'root': block.d1.take(32) if marks & 4 and not marks & 8 else None}
        if marks & 8:
            data = block.t.take(block.t.varint(512))
            tr.update(op_format.decode_transaction(data))
            tr['site'], moment = bytes.fromhex(tr['site']), [0, 0, 0]
        else:
            tr['site'] = self.sites[block.t.varint()]
            before = self.ends.get(tr['site'], (0, bytes(32)))
            tr['seq'] = before[0] + block.t.zigzag()
            hold(tr['previous'] is not None or tr['seq'] == before[0] + 1, 'previous')
            tr['previous'] = tr['previous'] or before[1]
            self.moment = moment = [a + block.t.zigzag() for a in self.moment]
        count = block.t.varint(1 << 22, 1)
        here = block.t.varint(count, 1) if marks & 4 else count
        hold(here == count and (marks & 4 or count <= 64), 'how many are here')
        ops = []
        while sum(op[3] for op in ops) < count:
            ops.append(block.take_op(moment, self))
        if not marks & 8:
            root = root_of_parts([(leaf, leaves) for _, _, leaf, leaves in ops], count)
            hold(tr['root'] in (None, root), 'the root')
            data = op_format.encode_transaction({**tr, 'site': tr['site'].hex(), 'previous': tr['previous'].hex(),
                                                 'root': root.hex(), 'count': count, 'day': moment[0], 'ms': moment[1],
                                                 'offset': moment[2]})
        self.ends[tr['site']] = tr['seq'], blake2b(b'guanai.transact', data)
        for index, (_, _, leaf, _) in enumerate(ops):
            self.known[tr['site'], tr['seq'], index] = leaf  # nothing refers into what is cut
        self.parcels.append((data, signature, ops))


def check_parcels(bundle, by_title):
    numbers = range(1, 1 + sum(title.startswith('parcel') for title in by_title))
    hold(len(bundle.parcels) == len(numbers), 'transactions')
    for number, (data, signature, ops) in zip(numbers, bundle.parcels):
        entry = by_title[f'parcel {number}']
        hold(data.hex() == entry['bytes'] and signature.hex() == entry['signature'], 'a transaction')
        hold(op_format.is_signed(bytes.fromhex(entry['key']), blake2b(b'guanai.transact', data), signature), 'signed')
        for index, (salt, raw, leaf, _) in enumerate(ops):
            wanted = by_title[f'operation {number} {index}']
            hold(leaf.hex() == wanted['leaf'] and (raw is None) == ('bytes' not in wanted), 'a leaf')
            hold(raw is None or (raw.hex() == wanted['bytes'] and salt.hex() == wanted['salt']), 'an operation')
    return True


def check_limited(path):
    """What a guest gets: every root follows from what is shown and from hashes."""
    by_title = dict(op_format.sections(path))
    frames = [bytes.fromhex(entry['bytes']) for title, entry in by_title.items() if title.startswith('frame')]
    bundle = Bundle(frames, {})
    hold(bundle.manifest['receiver'] == bytes([9, 8, 7] + 13 * [0]), 'receiver')
    hold(bundle.manifest['taken'] == [(bytes([7] + 15 * [0]), 12)], 'taken')
    for number, (data, signature, ops) in enumerate(bundle.parcels):
        entry = by_title[f'parcel {number}']
        hold(data.hex() == entry['bytes'] and signature.hex() == entry['signature'], 'a transaction')
        hold(op_format.is_signed(bytes.fromhex(entry['key']), blake2b(b'guanai.transact', data), signature), 'signed')
        for index, (_, raw, leaf, leaves) in enumerate(ops):
            wanted = by_title[f'part {number} {index}']
            hold(leaf.hex() == wanted['hash'] and leaves == int(wanted['leaves']), 'a part')
            hold((raw.hex() if raw else None) == wanted.get('bytes'), 'an operation')
    formats = [raw[0] for _, raw, _, _ in bundle.parcels[-1][2]]
    return [len(ops) for _, _, ops in bundle.parcels] == [7, 1, 11, 11] and formats == [2, 3] * 5 + [2]


def check_digits():
    digest = hashlib.blake2b(b'\1' * 32 + b'\2' * 32, digest_size=32, person=b'guanai.digits').digest()
    groups = [int.from_bytes(digest[5 * i:5 * i + 5], 'big') % 100000 for i in range(6)]
    return ' '.join('%05d' % n for n in groups) == '47190 87652 76314 33876 16673 09827'


def main():
    by_title = dict(op_format.sections(sys.argv[1]))
    entry = {key: bytes.fromhex(value) for key, value in by_title['bundle'].items()}
    header, plain = read_file(entry['file'], entry['secret'])
    site, frames, body = read_frames(plain)
    known = {(bytes.fromhex(by_title['known']['site']), 1, 1): bytes.fromhex(by_title['known']['leaf'])}
    bundle = Bundle(frames, known)
    checks = [
        ('the file opens with the secret', header == entry['header'] and body == entry['body']),
        ('it is padded to 4,096 bytes', len(entry['file']) % 4096 == 0),
        ('the sender signed all of it', plain[-64:] == entry['signature'] and op_format.is_signed(
            entry['key'], blake2b(b'guanai.bundle', header + plain[:-64]), plain[-64:])),
        ('the manifest says whose it is', site == b'\2' * 16 and bundle.manifest['label'] == '石桥教学点'
         and bundle.manifest['number'] == 15),
        ('every transaction and operation comes together', check_parcels(bundle, by_title)),
        ('the digits follow from two hashes', check_digits()),
        ('what a guest may not have comes as hashes that fit, what a county may not as bytes without names',
         check_limited(sys.argv[2])),
    ]
    print(f'1..{len(checks)}')
    for number, (name, is_right) in enumerate(checks, 1):
        print('ok' if is_right else 'not ok', number, '-', name)
    return 0 if all(is_right for _, is_right in checks) else 1


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Malformed as why:
        sys.exit(f'malformed: {why}')
