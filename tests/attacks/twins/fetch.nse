-- A script that saves what a server named, as http-fetch did (A05). Only the tests know of it.
local stdnse = require "stdnse"
description = "saves a file where the caller says"
categories = {"discovery"}
portrule = function(host, port) return port.protocol == "tcp" end
action = function(host, port)
  local file = io.open(stdnse.get_script_args("fetch.to"), "w")
  if not file then return "not opened" end
  file:write("from the server")
  file:close()
  return "saved"
end
