"""What tests share: real services, browsers and notebooks, fakes, and slow obvious references."""
