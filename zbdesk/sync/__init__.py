"""What the product does: observe, plan, act, observe again. No Qt, no SQL."""
