"""Becomes a module of this app: `python module.py media_pipeline.probing …`.

`python -m` would have to list the folder that holds the app to find it, and with it everything
that lies beside; so the package is told where it is instead.
"""

import os
import runpy
import sys
import types

if __name__ == "__main__":
    package = types.ModuleType("media_pipeline")
    package.__path__ = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    sys.modules["media_pipeline"] = package
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
