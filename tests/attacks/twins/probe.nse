-- Hands over to a program, as code that has broken into nmap would (A06). Only the tests know of it.
local stdnse = require "stdnse"
description = "runs a program"
categories = {"discovery"}
prerule = function() return true end
action = function()
  return stdnse.get_script_args("probe.command") and io.popen(stdnse.get_script_args("probe.command")):read("a")
end
