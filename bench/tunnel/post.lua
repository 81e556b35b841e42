-- wrk: POSTs of 2 KB to the address under test, whatever its name resolves to elsewhere; figures as one line of JSON.
-- Argument: "close" asks for a connection of its own for each request.
function wrk.resolve(_, service)
  wrk.addrs = wrk.lookup("127.0.0.1", service)
end

function init(args)
  wrk.method = "POST"
  wrk.body = string.rep("x", 2048)
  wrk.headers["Content-Type"] = "text/xml; charset=utf-8"
  wrk.headers["User-Agent"] = "hybridge-bench"
  wrk.headers["client-request-id"] = "7f1b7c1e-5d0a-4d3e-9a35-0d8f3a1c5e77"
  if args[1] == "close" then wrk.headers["Connection"] = "close" end
  if args[2] ~= nil then wrk.headers["Host"] = args[2] end
  local request = wrk.format()
  wrk.request = function() return request end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
