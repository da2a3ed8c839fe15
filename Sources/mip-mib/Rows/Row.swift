import JSON

/// One row of what a command prints, whichever source it came from.
typealias Row = JSONObject
