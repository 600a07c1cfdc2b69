-- What a flood looks like: a page with a query string that nobody asked for before, and now and then a path that
-- leads nowhere. Words after "--": one in how many is an unknown path, and the file of known paths.
local nth, paths, sent = 0, {}, 0

function init(args)
  math.randomseed(os.time())
  nth = tonumber(args[1])
  for path in io.lines(args[2]) do
    paths[#paths + 1] = path
  end
end

local function noise()
  return string.format("%08x%08x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff))
end

function request()
  sent = sent + 1
  if sent % nth == 0 then
    return wrk.format("GET", "/en/" .. noise() .. "/" .. noise() .. "/")
  end
  return wrk.format("GET", paths[math.random(#paths)] .. "?" .. noise() .. "=" .. noise())
end
