"""The caller's side of `publish`: checking, gathering, handing over."""
