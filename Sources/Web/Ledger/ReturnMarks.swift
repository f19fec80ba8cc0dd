import Forms

/// The findings that clerks have left to the units to mend: marks in the ledger that nobody has taken back.
struct ReturnMarks: Sendable {
  /// Which finding is meant.
  struct Place: Hashable, Sendable {
    var file: String
    /// Empty where nothing said which rule.
    var rule: String
    /// `Sheet1!E6`; empty for a finding about no cell.
    var cell: String
  }

  private(set) var places: [Place: LedgerEntry] = [:]
  /// The last time that a file went back.
  private var returns: [String: LedgerEntry] = [:]
  /// Of the last entry that counts: another number, other marks.
  private(set) var number = 0

  /// What of the ledger tells of marks.
  private static let actions: [LedgerEntry.Action] = [.markedForReturn, .markWithdrawn, .returned]

  /// - Parameter ledger: `nil` where there is none, and then no marks.
  init(_ ledger: Ledger?) throws { self.init(try ledger?.entries(of: Self.actions) ?? []) }

  /// - Parameter entries: In their order; those that are about something else do not count.
  init(_ entries: [LedgerEntry]) {
    for entry in entries {
      let place = Place(file: entry.file ?? "", rule: entry.new ?? "", cell: entry.cell ?? "")
      switch LedgerEntry.Action(rawValue: entry.action) {
      case .markedForReturn: places[place] = entry
      case .markWithdrawn: places[place] = nil
      case .returned: returns[entry.file ?? ""] = entry
      default: continue
      }
      number = entry.number
    }
  }

  /// The mark of a finding. One that names no rule is that of all findings about its cell.
  func mark(of item: SheetContent.Item, in file: String) -> LedgerEntry? {
    guard !places.isEmpty else { return nil }
    return places[Place(file: file, rule: item.finding.rule, cell: item.place)]
      ?? places[Place(file: file, rule: "", cell: item.place)]
  }

  func has(markIn file: String) -> Bool { places.keys.contains { $0.file == file } }

  /// When a marked file went back, if it did since it was marked.
  func sent(_ mark: LedgerEntry) -> LedgerEntry? {
    returns[mark.file ?? ""].flatMap { $0.number > mark.number ? $0 : nil }
  }
}

extension LedgerEntry {
  /// What takes a mark back: `{"file", "rule", "cell"}`.
  var markAddress: JSONValue {
    ["file": .string(orNull: file), "rule": .string(orNull: new), "cell": .string(orNull: cell)]
  }

  /// `11月20日 09:30`
  func moment(in language: Language) -> String {
    let clock = time.dropFirst(11).prefix(5)
    guard let day = CalendarDate(iso: String(time.prefix(10))) else { return String(clock) }
    return "\(Markup.day(day, in: language)) \(clock)"
  }
}
