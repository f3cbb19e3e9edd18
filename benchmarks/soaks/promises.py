from dataclasses import dataclass


@dataclass
class Promise:
    name: str
    words: str
    tests: tuple


PROMISES = []
