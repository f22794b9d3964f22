"""A small network of real machines in network namespaces with no way out: where the product may scan."""
