"""What setup.cfg has no word for: `publish` in C. All else about the package stands there.

Where there is no compiler, or it fails, zwsnb is installed without, and has the same in Python:
zwsnb/quick.
"""

import sys

from setuptools import Extension, setup

IN_C = Extension(
    "zwsnb.quick.in_c",
    ["zwsnb/quick/in_c.c"],
    depends=["zwsnb/quick/pairs.h", "zwsnb/quick/values.h"],
    optional=True,
)

setup(ext_modules=[IN_C] if sys.implementation.name == "cpython" else [])
