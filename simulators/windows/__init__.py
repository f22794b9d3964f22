"""A Windows host as WS-Management shows it: logins, messages and WMI classes; no Windows is behind it.

From the published documents: DSP0226, DSP0227 and DSP0230 (DMTF), [MS-WSMV], [MS-NLMP], and the pages of the
Win32 classes for names and types of properties. What a request means is evaluated, never matched as a text.
"""
