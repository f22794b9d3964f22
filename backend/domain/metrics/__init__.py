"""What was measured: written in batches, kept while storage is away, read as history."""
