"""Source that hands text to a shell in every way Python has (A09). Only ever read, never imported for use."""

SOURCES = (
    "import os\nos.system('ping ' + host)\n",
    "import os\nos.popen('ping ' + host)\n",
    "from os import system\nsystem('x')\n",
    "import subprocess\nsubprocess.run(text, shell=True)\n",
    "import subprocess as s\ns.Popen(text, shell=flag)\n",
    "import subprocess\nsubprocess.getoutput(text)\n",
    "import asyncio\nasync def f():\n    await asyncio.create_subprocess_shell(text)\n",
    "from asyncio import create_subprocess_shell as go\n",
    "import subprocess\nsubprocess.run(['sh', '-c', text])\n",
    "import subprocess\nsubprocess.run(['/bin/bash', '-c', text])\n",
    "import subprocess\nsubprocess.run(['nmap', '-oN', text])\n",
    "import pty\npty.spawn(text)\n",
)
