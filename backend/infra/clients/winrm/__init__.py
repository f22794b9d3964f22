"""WS-Management as a client: WQL put to Windows hosts over HTTP (5985) and HTTPS (5986).

DSP0226 (DMTF, WS-Management), [MS-WSMV] (its Windows side and the encryption of messages), [MS-NLMP] by pyspnego.
Messages are encrypted by pywinrm's transport; the connection below it is ours, so that every answer is bounded.
"""
