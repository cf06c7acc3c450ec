"""What the tests beside this file share: where the tree is, and claims that
are counted as they are checked.  What is run, and how, is left to each test.
"""
import os
import sys

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
passed = failed = 0


def check(claim, good, found=''):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f'failed: {claim}: {found}')


def read(path):
    """The text of a file of the tree."""
    with open(os.path.join(TREE, path), encoding='utf-8') as file:
        return file.read()


def close():
    """Says the sum and ends the test."""
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)
