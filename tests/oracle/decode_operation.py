"""Reads operations, transactions and proofs by the comments of store/operation.h, naming.h, transaction.h and merkle.h.

usage: decode_operation.py VECTORS            checks every vector, prints TAP
       decode_operation.py --json HEX         prints one operation as JSON
"""
import hashlib
import json
import re
import sys

ID = re.compile(rb'_?[a-z][a-z0-9_]*\Z')
ROW = re.compile(rb'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z')
DECIMAL = re.compile(rb'-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\Z')
PROTECTION = ['public', 'ordinary', 'sensitive', 'restricted']
WORDS = ['cleared', 'unknown', 'refused', 'not applicable']


class Malformed(Exception):
    pass


def hold(claim, what):
    if not claim:
        raise Malformed(what)


def blake2b(purpose, data):
    return hashlib.blake2b(data, digest_size=32, person=purpose).digest()


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        hold(self.at + count <= len(self.data), 'cut off')
        self.at += count
        return self.data[self.at - count:self.at]

    def varint(self, most=2**64 - 1, least=0):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            hold(shift == 0 or byte != 0, 'number not in its shortest form')
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
            hold(shift < 70, 'number too long')
        hold(least <= value <= most, 'number out of bounds')
        return value

    def zigzag(self, least=-2**63, most=2**63 - 1):
        twice = self.varint()
        value = twice // 2 if twice % 2 == 0 else -(twice + 1) // 2
        hold(least <= value <= most, 'number out of bounds')
        return value

    def text(self, most, least=0):
        raw = self.take(self.varint(most, least))
        hold(0 not in raw, 'U+0000')
        try:
            return raw.decode('utf-8')
        except UnicodeDecodeError:
            raise Malformed('not UTF-8')

    def id(self):
        return checked_id(self.take(self.varint(63, 1)))

    def moment(self):
        return {'day': self.zigzag(-719162, 2932896), 'ms': self.varint(86399999), 'offset': self.zigzag(-1080, 1080)}

    def end(self):
        hold(self.at == len(self.data), 'bytes after the end')


def checked_id(raw):
    hold(len(raw) <= 63 and ID.match(raw), 'not an id')
    return raw.decode()


def checked_group_id(raw):
    name, slash, row = raw.partition(b'/')
    checked_id(name)
    hold(not slash or ROW.match(row), 'not the id of a row')
    return raw.decode()


def rising(items, what):
    hold(all(a < b for a, b in zip(items, items[1:])), what + ' not rising')


WITHHELD = {'withheld': True}


def read_value(reader, names):
    """`names`: where the values lie that tell who somebody is; None: there are none, WITHHELD: they are left out."""
    kind = reader.varint(6 if names is None else 7)
    if kind == 7:
        return WITHHELD if names is WITHHELD else {**read_value(names, None), 'names': True}
    if kind < 4:
        return {'state': WORDS[kind]}
    if kind == 4:
        return {'integer': reader.zigzag()}
    if kind == 5:
        return {'text': reader.text(65536, 1)}
    text = reader.text(40, 1)
    hold(DECIMAL.match(text.encode()) and text != '-0', 'not a decimal in its one form')
    return {'decimal': text}


def read_header(data):
    reader = Reader(data)
    hold(reader.varint() == 1, 'kind')
    op = {'in_doubt': bool(reader.varint(1)), 'protection': PROTECTION[reader.varint(3)],
          'record': reader.take(16).hex(), 'form': reader.id(), 'version': reader.varint(2**31 - 1, 1),
          'form_hash': reader.take(32).hex(), 'user': reader.text(190, 1), 'typist': reader.text(190)}
    hold(op['user'] != op['typist'], 'typist is the user')
    op.update(reader.moment())
    reader.end()
    return op


def read_group(reader, replaced_count, names):
    name = reader.varint(2 * (63 + 37) + 1)
    gid = checked_group_id(reader.take(name // 2))
    replaces = [reader.varint(replaced_count - 1) for _ in range(reader.varint(replaced_count))]
    rising(replaces, 'indexes')
    if name % 2:
        hold('/' not in gid, 'a plain row')
        fields = [[gid, read_value(reader, names)]]
    else:
        fields = [[reader.id(), read_value(reader, names)] for _ in range(reader.varint(2000, 1))]
        rising([f[0].encode() for f in fields], 'fields')
        hold(len(fields) > 1 or fields[0][0] != gid, 'should have been plain')
    return {'group': gid, 'replaces': replaces, 'fields': fields}


def decode(data):
    hold(len(data) <= 1 << 20, 'too long')
    reader = Reader(data)
    number = reader.varint(least=1)
    if number > 3:
        return {'format': number, 'opaque': data[reader.at:].hex()}
    length = reader.take(2)
    op = read_header(reader.take(length[0] + 256 * length[1]))
    names = None
    hold(number != 2 or len(data) + 32 <= 1 << 20, 'too long without its names')
    if number > 1:
        payload = reader.take(int.from_bytes(reader.take(3), 'little'))
        rest, reader = data[reader.at:], Reader(payload)
        names = Reader(rest) if number == 2 else WITHHELD
    replaced = [reader.take(32) for _ in range(reader.varint(2000))]
    rising(replaced, 'replaced')
    op['replaced'] = [h.hex() for h in replaced]
    op['groups'] = [read_group(reader, len(replaced), names) for _ in range(reader.varint(2000, 1))]
    rising([g['group'].encode() for g in op['groups']], 'groups')
    hold({i for g in op['groups'] for i in g['replaces']} == set(range(len(replaced))), 'replaced but unused')
    hold(sum(len(g['fields']) for g in op['groups']) <= 2000, 'too many fields')
    reader.end()
    if number > 1:
        hold(any(is_naming(v) for g in op['groups'] for _, v in g['fields']), 'names nobody')
    if number == 2:
        names.end()
    if number == 3:
        hold(len(rest) == 32, 'commitment')
        op['commitment'] = rest.hex()
    return op


def is_naming(value):
    return 'names' in value or 'withheld' in value


def unmark(op):
    """What it says, whether it tells who somebody is or not."""
    for group in op.get('groups', []):
        group['fields'] = [[name, {k: v for k, v in value.items() if k != 'names'}] for name, value in group['fields']]


def nameless(salt, data):
    """(salt, bytes) of an operation of format 2 with its names left out."""
    at = 3 + data[1] + 256 * data[2]
    at += 3 + int.from_bytes(data[at:at + 3], 'little')
    salts = blake2b(b'guanai.salts', salt)
    return salts[:16], b'\3' + data[1:at] + blake2b(b'guanai.names', salts[16:] + data[at:])


def leaf_of(salt, data):
    if data[0] == 2:
        salt, data = nameless(salt, data)
    return blake2b(b'guanai.leaf', salt + data)


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytes([value]))


def zigzag(value):
    return varint(2 * value if value >= 0 else -2 * value - 1)


def sized(text):
    raw = text.encode()
    return varint(len(raw)) + raw


def write_value(value):
    if is_naming(value):
        return varint(7)
    return write_open_value(value)


def write_open_value(value):
    (key, content), = ((k, v) for k, v in value.items() if k != 'names')
    if key == 'state':
        return varint(WORDS.index(content))
    if key == 'integer':
        return varint(4) + zigzag(content)
    return varint(5 if key == 'text' else 6) + sized(content)


def write_group(group):
    gid, fields = group['group'], group['fields']
    is_plain = len(fields) == 1 and fields[0][0] == gid
    out = varint(2 * len(gid) + is_plain) + gid.encode() + varint(len(group['replaces']))
    out += b''.join(map(varint, group['replaces']))
    if is_plain:
        return out + write_value(fields[0][1])
    return out + varint(len(fields)) + b''.join(sized(f) + write_value(v) for f, v in fields)


def encode(op):
    if 'opaque' in op:
        return varint(op['format']) + bytes.fromhex(op['opaque'])
    header = (varint(1) + varint(op['in_doubt']) + varint(PROTECTION.index(op['protection'])) +
              bytes.fromhex(op['record']) + sized(op['form']) + varint(op['version']) +
              bytes.fromhex(op['form_hash']) + sized(op['user']) + sized(op['typist']) +
              zigzag(op['day']) + varint(op['ms']) + zigzag(op['offset']))
    payload = (varint(len(op['replaced'])) + bytes.fromhex(''.join(op['replaced'])) + varint(len(op['groups'])) +
               b''.join(map(write_group, op['groups'])))
    header = len(header).to_bytes(2, 'little') + header
    names = [v for g in op['groups'] for _, v in g['fields'] if is_naming(v)]
    if not names:
        return varint(1) + header + payload
    rest = bytes.fromhex(op['commitment']) if 'commitment' in op else b''.join(map(write_open_value, names))
    return varint(3 if 'commitment' in op else 2) + header + len(payload).to_bytes(3, 'little') + payload + rest


def decode_transaction(data):
    hold(len(data) <= 512, 'too long')
    reader = Reader(data)
    number = reader.varint(least=1)
    marks = reader.varint(1 if number == 1 else 2**64 - 1)
    tr = {'format': number, 'in_doubt': bool(marks & 1), 'site': reader.take(16).hex(), 'seq': reader.varint(least=1)}
    if number > 1:
        return tr
    tr.update(previous=reader.take(32).hex(), root=reader.take(32).hex(), count=reader.varint(1 << 22, 1))
    tr.update(reader.moment())
    hold((tr['seq'] == 1) == (tr['previous'] == '00' * 32), 'previous')
    reader.end()
    return tr


def encode_transaction(tr):
    return (varint(1) + varint(tr['in_doubt']) + bytes.fromhex(tr['site']) + varint(tr['seq']) +
            bytes.fromhex(tr['previous'] + tr['root']) + varint(tr['count']) + zigzag(tr['day']) +
            varint(tr['ms']) + zigzag(tr['offset']))


def split(count):
    return 1 << (count - 1).bit_length() - 1


def root_of(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return blake2b(b'guanai.node', root_of(leaves[:k]) + root_of(leaves[k:]))


def root_of_parts(parts, first, count):
    """Takes from the front of `parts` what covers `count` leaves from `first` on."""
    hold(parts and parts[0][0] == first, 'a part is missing')
    if parts[0][1] == count:
        return parts.pop(0)[2]
    hold(count > 1, 'a part does not fit')
    k = split(count)
    left = root_of_parts(parts, first, k)
    return blake2b(b'guanai.node', left + root_of_parts(parts, first + k, count - k))


# Ed25519 by RFC 8032, section 5.1, in affine coordinates: slow, short, only for checking.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def multiply(point, times):
    total = (0, 1)
    while times:
        if times & 1:
            total = add(total, point)
        point, times = add(point, point), times >> 1
    return total


def point_of(raw):
    y, sign = int.from_bytes(raw, 'little') % 2**255, raw[31] >> 7
    hold(y < P, 'not a point')
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    hold(x * x % P == square and (x or not sign), 'not a point')
    return (P - x if x % 2 != sign else x), y


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, 'little'))


def is_signed(key, message, signature):
    s = int.from_bytes(signature[32:], 'little')
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), 'little') % L
    return s < L and multiply(BASE, s) == add(point_of(signature[:32]), multiply(point_of(key), challenge))


def sections(path):
    """(title, {key: text of its lines joined})."""
    found = []
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('  '):
            key, _, value = line.strip().partition(' ')
            found[-1][1][key] = found[-1][1].get(key, '') + value.strip()
        elif line and not line.startswith('#'):
            found.append((line, {}))
    return found


def check_operation(entry):
    data = bytes.fromhex(entry['bytes'])
    op = decode(data)
    return (op == json.loads(entry['means']) and encode(op) == data and
            leaf_of(bytes.fromhex(entry['salt']), data).hex() == entry['leaf'])


def check_parted(by_title):
    """With names and without: one leaf, and the one follows from the other."""
    whole, bare = by_title['parted whole'], by_title['parted nameless']
    salt, data = nameless(bytes.fromhex(whole['salt']), bytes.fromhex(whole['bytes']))
    return (salt.hex(), data.hex(), whole['leaf']) == (bare['salt'], bare['bytes'], bare['leaf'])


def check_refused(entry):
    try:
        decode(bytes.fromhex(entry['bytes']))
    except Malformed:
        return True
    return False


def check_transaction(entry, leaves):
    data = bytes.fromhex(entry['bytes'])
    tr, digest = decode_transaction(data), blake2b(b'guanai.transact', data)
    key, signature = bytes.fromhex(entry['key']), bytes.fromhex(entry['signature'])
    is_right = digest.hex() == entry['hash'] and is_signed(key, digest, signature)
    if tr['format'] == 1:
        root = root_of(leaves[:tr['count']]).hex()
        is_right &= encode_transaction(tr) == data and tr['root'] == root == entry['root']
    return is_right and not is_signed(key, digest[::-1], signature)


def check_chain(by_title):
    second = decode_transaction(bytes.fromhex(by_title['transaction second']['bytes']))
    return second['previous'] == by_title['transaction first']['hash'] and second['seq'] == 2


def check_proof(entry, root, count):
    raw = bytes.fromhex(entry['parts'])
    parts = [(int.from_bytes(raw[i:i + 2], 'big'), int.from_bytes(raw[i + 2:i + 4], 'big'), raw[i + 4:i + 36])
             for i in range(0, len(raw), 36)]
    return root_of_parts(parts, 0, count).hex() == root and not parts


def results(path):
    found = sections(path)
    by_title = dict(found)
    leaves = [bytes.fromhex(e['leaf']) for t, e in found if t.startswith('operation ')]
    for title, entry in found:
        if title.startswith('operation '):
            yield title, check_operation(entry)
        elif title.startswith('refuse '):
            yield title, check_refused(entry)
        elif title.startswith('transaction '):
            yield title, check_transaction(entry, leaves)
        elif title.startswith('parted '):
            yield title, check_operation(entry) and check_parted(by_title)
        else:
            yield title, check_proof(entry, by_title['transaction second']['root'], len(leaves))
    yield 'the second transaction follows the first', check_chain(by_title)


def main():
    if sys.argv[1] == '--json':
        print(json.dumps(decode(bytes.fromhex(sys.argv[2])), ensure_ascii=False, indent=1))
        return 0
    found = list(results(sys.argv[1]))
    for number, (title, is_right) in enumerate(found, 1):
        print('%s %d - %s' % ('ok' if is_right else 'not ok', number, title))
    print('1..%d' % len(found))
    return 0 if len(found) > 40 and all(r for _, r in found) else 1


if __name__ == '__main__':
    sys.exit(main())
