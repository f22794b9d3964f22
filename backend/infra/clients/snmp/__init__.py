"""SNMP v2c and v3 (RFC 3411 to 3418, 3826, 7860): sessions that get and walk, and always end."""
