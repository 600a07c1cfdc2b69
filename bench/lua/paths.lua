-- Asks for one of many paths at random; the file that lists them, one a line, is the first word after "--".
local requests = {}

function init(args)
  math.randomseed(7)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  return requests[math.random(#requests)]
end
