"""The caller's side of `publish`: checks, buffers, a bounded queue, and who takes from it."""
