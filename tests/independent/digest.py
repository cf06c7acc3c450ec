"""A digest of headroom taken apart by a program of its own: every sample in it.

The format is told in src/results/digest.h.  Nothing is shared with the reader
of the product.
"""
import collections
import hashlib

MAGIC = b'headroom digest\n'
MS = 1000000
SECOND = 1000000000


class Digest:
    """tally: Counter of (label, is transaction, group, second, ns); failed:
    Counter of (label, is transaction, group, second); span: of the same key
    (first start, last start, last end); threads: of the same key, by origin."""

    def __init__(self, data):
        if data[:len(MAGIC)] != MAGIC:
            raise ValueError('no digest')
        if hashlib.sha256(data[:-32]).digest() != data[-32:]:
            raise ValueError('checksum')
        self.data, self.at = data, len(MAGIC)
        if self.take() != 1:
            raise ValueError('version')
        flags = self.take()
        self.unit = MS if flags & 4 else 1
        self.model, self.dropped, self.left_out = (
            self.take(), self.take(), self.take())
        self.tool, self.left_out_what = self.text(), self.text()
        self.origins = [int.from_bytes(self.bytes(8), 'little')
                        for _ in range(self.take())]
        self.labels = []
        for _ in range(self.take()):
            said = self.take()
            self.labels.append((self.bytes(said >> 1).decode(),
                                bool(said & 1)))
        self.groups = [self.bytes(self.take()).decode()
                       for _ in range(self.take())]
        self.tally = collections.Counter()
        self.failed = collections.Counter()
        self.span, self.threads = {}, {}
        self.parts()
        if self.at != len(data) - 32:
            raise ValueError('something follows')

    def bytes(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def take(self):
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    def text(self):
        length = self.take()
        return self.bytes(length - 1).decode() if length else None

    def times(self, key, unit):
        following = 0
        for _ in range(self.take()):
            said = self.take()
            count = self.take() + 2 if said & 1 else 1
            time = following + (said >> 1)
            self.tally[key + (time * unit,)] += count
            following = time + 1

    def parts(self):
        label = second = 0
        for _ in range(self.take()):
            step, distance = self.take(), self.take()
            if step:
                second = 0
            label += step
            second += -((distance + 1) >> 1) if distance & 1 else distance >> 1
            key = self.labels[label] + (self.groups[self.take()], second)
            failed = self.take()
            if failed:
                self.failed[key] = failed
            first = second * SECOND + self.take() * self.unit
            last = first + self.take() * self.unit
            self.span[key] = (first, last, last + self.take() * self.unit)
            self.threads[key] = {self.origins[self.take()]: self.take()
                                 for _ in range(self.take())}
            self.times(key, MS)
            self.times(key, 1)
