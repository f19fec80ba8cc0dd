import Forms

/// The ledger as JSON.
enum LogLists {
  static func json(_ desk: Desk, _ exchange: Exchange) async throws -> Answer {
    let after = exchange.query["after"].flatMap(Int.init) ?? 0
    guard let ledger = desk.ledger.ledger else { return .json(["entries": []]) }
    let entries = try await Blocking.light { try ledger.entries(after: after, limit: 10_000) }
    return .json(["entries": .array(entries.map(\.json))])
  }
}
