import Forms
import Foundation
import GRDB

/// The record of a working folder: `活动.sqlite`, to which entries are added and in which nothing is changed.
///
/// Each entry is sealed with the hash of the one before, so that a change made by other means shows (``verify()``). Page and
/// command line write to the same file at the same time. Without the ledger, or with a broken one, work goes on.
public final class Ledger: Sendable {
  /// The file in a working folder.
  public static let fileName = "活动.sqlite"

  private let queue: DatabaseQueue
  /// Where a ledger that could not be read was put aside, if one was.
  public let setAside: String?

  /// Opens the ledger of a folder, or begins one.
  ///
  /// - Throws: `DatabaseError` where the folder cannot be written to.
  public init(inFolder folder: String = ".") throws {
    let path = folder == "." ? Self.fileName : folder + "/" + Self.fileName
    do {
      queue = try Self.open(path)
      setAside = nil
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
    {
      let other = try Self.setAside(path)
      queue = try Self.open(path)
      setAside = other
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(8)
    configuration.label = "ledger"
    configuration.prepareDatabase { database in
      // An entry is on the disk before anybody is told of it.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { database in
      try database.inTransaction(.immediate) {
        try database.execute(sql: schema)
        return .commit
      }
    }
    return queue
  }

  /// A broken file is kept, under another name.
  private static func setAside(_ path: String) throws -> String {
    let files = FileManager.default
    var number = 1
    var other: String
    repeat {
      other = "\(path).损坏\(number)"
      number += 1
    } while files.fileExists(atPath: other)
    try files.moveItem(atPath: path, toPath: other)
    return other
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS entry (
      number INTEGER PRIMARY KEY, time TEXT NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL,
      file TEXT, hash TEXT, unit TEXT, form TEXT, cell TEXT, old TEXT, new TEXT, reason TEXT,
      previous TEXT NOT NULL, seal TEXT NOT NULL
    );
    CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE UPDATE ON entry
      BEGIN SELECT RAISE(ABORT, 'entries are not changed'); END;
    CREATE TRIGGER IF NOT EXISTS entry_remains BEFORE DELETE ON entry
      BEGIN SELECT RAISE(ABORT, 'entries are not deleted'); END;
    """

  /// Adds entries, all or none.
  ///
  /// - Returns: The entries with their numbers and seals.
  @discardableResult
  public func add(_ entries: [LedgerEntry], by person: String, at date: Date = Date()) throws -> [LedgerEntry]
  {
    guard !entries.isEmpty else { return [] }
    return try queue.inDatabase { database in
      var written: [LedgerEntry] = []
      // Immediate: who comes at the same time from another process waits for this one's seal.
      try database.inTransaction(.immediate) {
        let last = try Row.fetchOne(
          database, sql: "SELECT number, seal FROM entry ORDER BY number DESC LIMIT 1")
        var number: Int = last?["number"] ?? 0
        var seal: String = last?["seal"] ?? ""
        for var entry in entries {
          number += 1
          entry.number = number
          entry.time = Self.time(date)
          entry.person = person
          entry.previous = seal
          seal = try entry.sealed(after: seal)
          entry.seal = seal
          try database.execute(
            sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              entry.number, entry.time, entry.person, entry.action, entry.file, entry.hash, entry.unit,
              entry.form, entry.cell, entry.old, entry.new, entry.reason, entry.previous, entry.seal,
            ])
          written.append(entry)
        }
        return .commit
      }
      return written
    }
  }

  /// Entries in their order.
  ///
  /// - Parameters:
  ///   - after: Only those with a greater number.
  ///   - limit: At most that many, the last ones.
  public func entries(after number: Int = 0, limit: Int = .max) throws -> [LedgerEntry] {
    try queue.read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM entry WHERE number > ? ORDER BY number DESC LIMIT ?",
        arguments: [number, limit == .max ? -1 : limit])
      return rows.reversed().map(Self.entry)
    }
  }

  /// Entries of some kinds in their order.
  public func entries(of actions: [LedgerEntry.Action]) throws -> [LedgerEntry] {
    let places = actions.map { _ in "?" }.joined(separator: ", ")
    return try queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM entry WHERE action IN (\(places)) ORDER BY number",
        arguments: StatementArguments(actions.map(\.rawValue))
      ).map(Self.entry)
    }
  }

  public func count() throws -> Int {
    try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM entry") ?? 0 }
  }

  /// Whether every entry is as it was written.
  ///
  /// - Returns: The number of the first entry that is not, or is not there; `nil` if all are.
  /// - Complexity: O(entries)
  public func verify() throws -> Int? {
    try queue.read { database in
      var seal = ""
      var number = 0
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM entry ORDER BY number")
      while let row = try rows.next() {
        let entry = Self.entry(row)
        number += 1
        guard entry.number == number, entry.previous == seal, entry.seal == (try entry.sealed(after: seal))
        else { return number }
        seal = entry.seal
      }
      return nil
    }
  }

  private static func entry(_ row: Row) -> LedgerEntry {
    var entry = LedgerEntry(action: row["action"] ?? "")
    entry.number = row["number"] ?? 0
    entry.time = row["time"] ?? ""
    entry.person = row["person"] ?? ""
    (entry.file, entry.hash, entry.unit, entry.form) = (row["file"], row["hash"], row["unit"], row["form"])
    (entry.cell, entry.old, entry.new, entry.reason) = (row["cell"], row["old"], row["new"], row["reason"])
    entry.previous = row["previous"] ?? ""
    entry.seal = row["seal"] ?? ""
    return entry
  }

  /// `2024-11-20T09:30:05+08:00`
  static func time(_ date: Date, zone seconds: Int = TimeZone.current.secondsFromGMT()) -> String {
    let local = Int(date.timeIntervalSince1970.rounded(.down)) + seconds
    let day = Int((Double(local) / 86_400).rounded(.down))
    let rest = local - day * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map(two).joined(separator: ":")
    let zone =
      (seconds < 0 ? "-" : "+") + two(abs(seconds) / 3_600) + ":" + two(abs(seconds) / 60 % 60)
    return "\(CalendarDate(dayNumber: day) ?? .epoch)T\(clock)\(zone)"
  }
}
