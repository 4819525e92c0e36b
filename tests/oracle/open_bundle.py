"""What libsodium does for a bundle, by its papers: X25519, XSalsa20-Poly1305, XChaCha20-Poly1305 in pieces."""
import hashlib
import struct

P = 2**255 - 19


def x25519(secret, point):
    """RFC 7748, section 5."""
    k = int.from_bytes(secret, 'little') & ~7 & (2**255 - 1) | 2**254
    u = int.from_bytes(point, 'little') % 2**255
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, 'little')


def turn(value, by):
    return (value << by | value >> (32 - by)) & 0xFFFFFFFF


CONSTANT = struct.unpack('<4I', b'expand 32-byte k')
SALSA = [(4, 0, 12, 7), (8, 4, 0, 9), (12, 8, 4, 13), (0, 12, 8, 18)]


def salsa_quarter(x, a, b, c, d):
    x[b] ^= turn(x[a] + x[d] & 0xFFFFFFFF, 7)
    x[c] ^= turn(x[b] + x[a] & 0xFFFFFFFF, 9)
    x[d] ^= turn(x[c] + x[b] & 0xFFFFFFFF, 13)
    x[a] ^= turn(x[d] + x[c] & 0xFFFFFFFF, 18)


def chacha_quarter(x, a, b, c, d):
    for first, by in ((0, 16), (1, 12), (0, 8), (1, 7)):
        if first == 0:
            x[a] = x[a] + x[b] & 0xFFFFFFFF
            x[d] = turn(x[d] ^ x[a], by)
        else:
            x[c] = x[c] + x[d] & 0xFFFFFFFF
            x[b] = turn(x[b] ^ x[c], by)


def rounds(x, quarter, order):
    for _ in range(10):
        for places in order:
            quarter(x, *places)
    return x


SALSA_ORDER = [(0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11),
               (0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)]
CHACHA_ORDER = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]


def salsa_state(key, middle):
    k, m, c = struct.unpack('<8I', key), struct.unpack('<4I', middle), CONSTANT
    return [c[0], *k[:4], c[1], *m, c[2], *k[4:], c[3]]


def chacha_state(key, end):
    return [*CONSTANT, *struct.unpack('<8I', key), *struct.unpack('<4I', end)]


def hsalsa(key, middle):
    x = rounds(salsa_state(key, middle), salsa_quarter, SALSA_ORDER)
    return struct.pack('<8I', *(x[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def hchacha(key, end):
    x = rounds(chacha_state(key, end), chacha_quarter, CHACHA_ORDER)
    return struct.pack('<8I', *(x[i] for i in (0, 1, 2, 3, 12, 13, 14, 15)))


def block(state, quarter, order):
    x = rounds(list(state), quarter, order)
    return struct.pack('<16I', *(a + b & 0xFFFFFFFF for a, b in zip(x, state)))


def salsa_stream(key, nonce, length):
    blocks = (block(salsa_state(key, nonce + struct.pack('<Q', i)), salsa_quarter, SALSA_ORDER)
              for i in range(length // 64 + 1))
    return b''.join(blocks)[:length]


def chacha_stream(key, nonce, first, length):
    blocks = (block(chacha_state(key, struct.pack('<I', first + i) + nonce), chacha_quarter, CHACHA_ORDER)
              for i in range(length // 64 + 1))
    return b''.join(blocks)[:length]


def xor(a, b):
    return (int.from_bytes(a, 'little') ^ int.from_bytes(b, 'little')).to_bytes(len(a), 'little')


def poly1305(key, message):
    r = int.from_bytes(key[:16], 'little') & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at:at + 16] + b'\1', 'little')) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], 'little')) % 2**128).to_bytes(16, 'little')


def open_seal(secret, once, closed):
    """The key of 32 bytes; None: not for this secret."""
    public = x25519(secret, (9).to_bytes(32, 'little'))
    shared = hsalsa(x25519(secret, once), bytes(16))
    nonce = hashlib.blake2b(once + public, digest_size=24).digest()
    stream = salsa_stream(hsalsa(shared, nonce[:16]), nonce[16:], 32 + len(closed) - 16)
    if poly1305(stream[:32], closed[16:]) != closed[:16]:
        return None
    return xor(closed[16:], stream[32:])


def open_stream(key, start, chunks):
    """libsodium's secretstream: the plain pieces with their tags; raises ValueError."""
    key, inner, number = hchacha(key, start[:16]), start[16:24], 1
    for chunk in chunks:
        nonce = struct.pack('<I', number) + inner
        mac_key = chacha_stream(key, nonce, 0, 32)
        tag_block = chacha_stream(key, nonce, 1, 64)
        tag = chunk[0] ^ tag_block[0]
        body, mac = chunk[1:-16], chunk[-16:]
        told = chunk[:1] + tag_block[1:] + body
        # libsodium pads the text by its length and 16 more: (0x10 - 64 + length) & 15
        told += bytes((0x10 - 64 + len(body)) & 15) + struct.pack('<QQ', 0, 64 + len(body))
        if poly1305(mac_key, told) != mac:
            raise ValueError('a piece does not open')
        yield xor(body, chacha_stream(key, nonce, 2, len(body))), tag
        inner = xor(inner, mac[:8])
        number += 1
