-- Sends each filled-in form of a file once; the file is the first word after "--". A line has the network it comes
-- from, the path, the type and the body, with tabs between them.
local requests, sent = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local network, path, kind, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Content-Type"] = kind, ["X-Forwarded-For"] = network, ["Host"] = wrk.headers["Host"] }
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
end

function request()
  sent = sent + 1
  if sent >= #requests then
    wrk.thread:stop()
  end
  return requests[math.min(sent, #requests)]
end
