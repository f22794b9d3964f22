"""What Lanarium knows and decides: plain values, pure decisions, small ports."""
