import JSON

/// One row of a command's output, whichever source it came from.
typealias Row = JSONObject
