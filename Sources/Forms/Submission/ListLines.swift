import Foundation
import XLSX

/// The lines of a list as they were read, packed: a campaign may have a million of them.
///
/// Values stand one behind the other as bytes; what is rare (a value that cannot be read, a note) stands beside them.
public struct ListLines: Sendable, Codable {
  /// Where lines stand that were read from one sheet.
  struct Part: Sendable, Codable {
    /// The sheet, where it is not the submission's own.
    var sheet: String?
    /// The column of each field; `nil` for one that is not there.
    var columns: [Int?]
    var isHidden = false
    /// Where lines that came by way of a consolidated workbook were reported in the first place.
    var origin: Origin?
  }

  /// The file and the sheet of lines that an office below has consolidated.
  struct Origin: Hashable, Sendable, Codable {
    var file: String
    var sheet: String
  }

  struct Place: Hashable, Sendable, Codable {
    var line: Int
    var field: Int
  }

  /// What is to be said about a value besides itself.
  struct Remark: Sendable, Codable {
    var raw: String
    var notes: [Reading.Note]
    var formula: String?
    var state: Reading.State?
  }

  private(set) var parts: [Part] = []
  private(set) var remarks: [Place: Remark] = [:]
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = []
  private(set) var rows: [Int32] = []
  private(set) var partOf: [Int32] = []
  /// The rows of lines in the files that they were first reported in; empty for lines of the unit's own.
  private(set) var originRows: [Int32] = []
  let fieldCount: Int

  public init(fieldCount: Int) { self.fieldCount = fieldCount }

  init(
    fieldCount: Int, parts: [Part], remarks: [Place: Remark], bytes: [UInt8], starts: [Int], rows: [Int32],
    partOf: [Int32], originRows: [Int32] = []
  ) {
    self.fieldCount = fieldCount
    self.parts = parts
    self.remarks = remarks
    self.bytes = bytes
    self.starts = starts
    self.rows = rows
    self.partOf = partOf
    self.originRows = originRows
  }

  public var count: Int { starts.count }
  public var isEmpty: Bool { starts.isEmpty }

  /// The number of a line on its sheet.
  public func row(_ line: Int) -> Int { Int(rows[line]) }
  func part(of line: Int) -> Part { parts[Int(partOf[line])] }
  func partNumber(of line: Int) -> Int { Int(partOf[line]) }
  /// The sheet of a line, where it is not the submission's own.
  public func sheet(of line: Int) -> String? { part(of: line).sheet }

  func cell(_ line: Int, _ field: Int) -> CellReference? {
    part(of: line).columns[field].map { CellReference(row: row(line), column: $0) }
  }

  /// Where a line was first reported, if it came by way of a consolidated workbook.
  func origin(of line: Int) -> (place: Origin, row: Int)? {
    guard originRows.indices.contains(line), let origin = part(of: line).origin else { return nil }
    return (origin, Int(originRows[line]))
  }

  mutating func add(_ part: Part) { parts.append(part) }

  // Writing

  private enum Tag {
    static let blank: UInt8 = 0
    static let whole: UInt8 = 1
    static let decimal: UInt8 = 2
    static let text: UInt8 = 3
    static let date: UInt8 = 4
    static let yes: UInt8 = 5
    static let no: UInt8 = 6
    static let unreadable: UInt8 = 7
    static let missing: UInt8 = 8
  }

  /// Adds a line of the last part.
  ///
  /// - Parameter originRow: Its number in the file that it was first reported in; for every line of a list, or none.
  mutating func append(row: Int, _ values: [TypedCell], originRow: Int? = nil) {
    if let originRow { originRows.append(Int32(clamping: originRow)) }
    let line = starts.count
    starts.append(bytes.count)
    rows.append(Int32(clamping: row))
    partOf.append(Int32(clamping: parts.count - 1))
    for (field, value) in values.enumerated() {
      write(value.state)
      if !value.notes.isEmpty || value.formula != nil || value.state == .unreadable {
        remarks[Place(line: line, field: field)] = Remark(
          raw: value.raw, notes: value.notes, formula: value.formula, state: nil)
      }
    }
  }

  /// A line's values as they count, in the bytes of ``content(_:)``.
  func countingContent(_ line: Int) -> ArraySlice<UInt8> {
    var lines = ListLines(fieldCount: fieldCount)
    for state in states(line) { lines.write(state) }
    return lines.bytes[...]
  }

  private mutating func write(_ state: Reading.State) {
    switch state {
    case .blank: bytes.append(Tag.blank)
    case .unreadable: bytes.append(Tag.unreadable)
    case .missing: bytes.append(Tag.missing)
    case .figure(let figure):
      if let whole = figure.whole {
        bytes.append(Tag.whole)
        write(UInt64(bitPattern: Int64(whole << 1) ^ Int64(whole >> 63)))
      } else {
        bytes.append(Tag.decimal)
        write(figure.plainText)
      }
    case .value(.figure(let figure)): write(.figure(figure))
    case .value(.text(let text)):
      bytes.append(Tag.text)
      write(text)
    case .value(.date(let date)):
      bytes.append(Tag.date)
      write(UInt64(date.dayNumber + 1_000_000))
    case .value(.truth(let truth)): bytes.append(truth ? Tag.yes : Tag.no)
    }
  }

  private mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func write(_ text: String) {
    let utf8 = text.utf8
    write(UInt64(utf8.count))
    bytes.append(contentsOf: utf8)
  }

  // Reading

  /// The values of a line by field, as they were read.
  func states(_ line: Int) -> [Reading.State] {
    var states: [Reading.State] = []
    states.reserveCapacity(fieldCount)
    var index = starts[line]
    for field in 0..<fieldCount {
      let state = read(&index)
      states.append(remarks.isEmpty ? state : remarks[Place(line: line, field: field)]?.state ?? state)
    }
    return states
  }

  /// As ``states(_:)``, for whoever looks at some fields only: a text or a day of any other field comes as an empty text, which
  /// is not taken out of the bytes.
  func states(_ line: Int, of wanted: [Bool]) -> [Reading.State] {
    var states: [Reading.State] = []
    states.reserveCapacity(fieldCount)
    var index = starts[line]
    for field in 0..<fieldCount {
      let state = wanted[field] ? read(&index) : glance(&index)
      states.append(remarks.isEmpty ? state : remarks[Place(line: line, field: field)]?.state ?? state)
    }
    return states
  }

  /// One value of a line.
  func state(_ line: Int, _ field: Int) -> Reading.State {
    if let state = remarks.isEmpty ? nil : remarks[Place(line: line, field: field)]?.state { return state }
    var index = starts[line]
    for _ in 0..<field { _ = glance(&index) }
    return read(&index)
  }

  /// A mark for each field that is among some: for ``states(_:of:)``.
  func mask(_ fields: some Sequence<Int>) -> [Bool] {
    var mask = [Bool](repeating: false, count: fieldCount)
    for field in fields where mask.indices.contains(field) { mask[field] = true }
    return mask
  }

  /// The values of a line by field.
  public func values(_ line: Int) -> [FieldValue?] {
    states(line).map { state in
      switch state {
      case .figure(let figure): .figure(figure)
      case .value(let value): value
      case .blank, .unreadable, .missing: nil
      }
    }
  }

  /// The readings of a line, as those of a form of its own.
  func readings(_ line: Int, of fields: [Field]) -> [Reading] {
    let part = part(of: line)
    return zip(fields.indices, states(line)).map { index, state in
      let remark = remarks[Place(line: line, field: index)]
      var reading = Reading(
        field: fields[index].key, cell: cell(line, index), raw: remark?.raw ?? Self.raw(state), state: state,
        notes: remark?.notes ?? [], formula: remark?.formula, isHidden: part.isHidden)
      reading.sheet = part.sheet
      return reading
    }
  }

  /// What stands in the cell of a value that cannot be read.
  func raw(_ line: Int, _ field: Int) -> String { remarks[Place(line: line, field: field)]?.raw ?? "" }

  private static func raw(_ state: Reading.State) -> String {
    switch state {
    case .figure(let figure): figure.plainText
    case .value(let value): value.text
    case .blank, .unreadable, .missing: ""
    }
  }

  private func read(_ index: inout Int) -> Reading.State {
    let tag = bytes[index]
    index += 1
    switch tag {
    case Tag.whole:
      let number = number(&index)
      return .figure(Decimal(Int(Int64(number >> 1)) ^ -Int(number & 1)))
    case Tag.decimal: return Decimal(string: text(&index)).map { .figure($0) } ?? .unreadable
    case Tag.text: return .value(.text(text(&index)))
    case Tag.date:
      return CalendarDate(dayNumber: Int(number(&index)) - 1_000_000).map { .value(.date($0)) } ?? .unreadable
    case Tag.yes: return .value(.truth(true))
    case Tag.no: return .value(.truth(false))
    case Tag.unreadable: return .unreadable
    case Tag.missing: return .missing
    default: return .blank
    }
  }

  /// Where the value ends that begins at a place; `nil` if there is none that is whole.
  func endOfValue(at start: Int) -> Int? {
    guard bytes.indices.contains(start) else { return nil }
    var index = start + 1
    switch bytes[start] {
    case Tag.blank, Tag.yes, Tag.no, Tag.unreadable, Tag.missing: return index
    case Tag.whole, Tag.date, Tag.decimal, Tag.text:
      // Nine bytes of seven bits: no more than a number can hold.
      guard let last = bytes[index...].prefix(9).firstIndex(where: { $0 < 0x80 }) else { return nil }
      if bytes[start] == Tag.whole || bytes[start] == Tag.date { return last + 1 }
      let count = Int(number(&index))
      return count <= bytes.count - index ? index + count : nil
    default: return nil
    }
  }

  /// As ``read(_:)``, without making a text or a day.
  private func glance(_ index: inout Int) -> Reading.State {
    switch bytes[index] {
    case Tag.text:
      index += 1
      index += Int(number(&index))
      return .value(.text(""))
    case Tag.date:
      index += 1
      _ = number(&index)
      return .value(.text(""))
    default: return read(&index)
    }
  }

  private func number(_ index: inout Int) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[index]
      index += 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
  }

  private func text(_ index: inout Int) -> String {
    let count = Int(number(&index))
    defer { index += count }
    return String(decoding: bytes[index..<(index + count)], as: UTF8.self)
  }

  /// The bytes of a line's values as they were read: the same for lines that say the same.
  func content(_ line: Int) -> ArraySlice<UInt8> {
    bytes[starts[line]..<(line + 1 < starts.count ? starts[line + 1] : bytes.count)]
  }

  /// The fields of which some value cannot be read.
  var unreadableFields: Set<Int> {
    // Whatever cannot be read has a remark, and a correction may have made a value of it.
    Set(remarks.keys.lazy.filter { state($0.line, $0.field) == .unreadable }.map(\.field))
  }

  /// Whether two lists have the same values in the same order.
  func hasSameContent(as other: ListLines) -> Bool { starts == other.starts && bytes == other.bytes }

  /// What the office decided, by line.
  var corrections: [Int: [Correction]] {
    var found: [Int: [Correction]] = [:]
    let changed = remarks.lazy.filter { $0.value.state != nil }
    for (place, remark) in changed.sorted(by: { ($0.key.line, $0.key.field) < ($1.key.line, $1.key.field) }) {
      for case .corrected(let correction) in remark.notes {
        found[place.line, default: []].append(correction)
      }
    }
    return found
  }

  /// Puts another value in a place: what the office decided.
  mutating func correct(_ place: Place, to state: Reading.State, note: Reading.Note, raw: String) {
    var remark = remarks[place] ?? Remark(raw: raw, notes: [], formula: nil)
    remark.notes = [note]
    remark.state = state
    remarks[place] = remark
  }
}

/// What a list holds besides its lines.
public struct ListContent: Sendable, Codable {
  public var lines: ListLines
  /// The 合计 line: a reading for each column of numbers, its field as in ``ListRules/totalKey(_:)``; empty without one.
  public var totals: [Reading] = []
  /// The 合计 lines of its sheets, where several have one.
  var pageTotals: [PageTotal]?
  /// Empty lines with lines below them.
  var gaps: [Gap] = []
  /// Lines and columns that nobody sees; they count as all others do.
  var hidden: [Hidden] = []

  struct PageTotal: Sendable, Codable {
    /// Which part of the lines its sheet holds.
    var part: Int
    var readings: [Reading]
  }

  /// What is hidden of the lines on one sheet.
  struct Hidden: Hashable, Sendable, Codable {
    var sheet: String?
    /// Neighbours joined.
    var rows: [ClosedRange<Int>] = []
    /// By position in the form.
    var fields: [Int] = []
    /// Whether all of the sheet is.
    var isWhole = false

    mutating func add(_ row: Int) {
      if let last = rows.last, last.upperBound == row - 1 {
        rows[rows.count - 1] = last.lowerBound...row
      } else {
        rows.append(row...row)
      }
    }
  }

  struct Gap: Hashable, Sendable, Codable {
    enum Kind: Hashable, Sendable, Codable {
      /// Fewer than three lines.
      case short
      /// Three lines and more, where a list usually ends.
      case wide
      /// The lines stand below the 合计 line.
      case belowTotal
      /// The lines are crossed out from one end to the other.
      case crossedOut
    }

    var kind: Kind
    var sheet: String?
    var rows: ClosedRange<Int>
    var column: Int
    /// How many lines stand below it.
    var linesBelow: Int
  }

  public init(lines: ListLines) { self.lines = lines }
}

extension Submission {
  /// The cells of a column of its list, from the first line to the last one on the first sheet; `nil` for another form or
  /// a column that is not there.
  package func listCells(of key: FieldKey, in form: FormDefinition) -> CellRange? {
    guard let lines = list?.lines, !lines.isEmpty,
      let field = form.fields.firstIndex(where: { $0.key == key }), let first = lines.cell(0, field)
    else { return nil }
    let sheet = lines.sheet(of: 0)
    let last = (0..<lines.count).last { lines.sheet(of: $0) == sheet }.flatMap { lines.cell($0, field) }
    return CellRange(first, last ?? first)
  }
}

extension Submission {
  /// The line of its list around a cell, as a form of its own.
  package func line(at cell: CellReference, sheet name: String, in form: FormDefinition) -> Submission? {
    guard let lines = list?.lines,
      let line = lines.lines(inRow: cell.row).first(where: { lines.sheet(of: $0) ?? sheet == name })
    else { return nil }
    var single = self
    single.list = nil
    single.readings = lines.readings(line, of: form.fields)
    return single
  }
}
