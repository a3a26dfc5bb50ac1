"""What tests share: real databases, a fixed cast, a real browser."""
