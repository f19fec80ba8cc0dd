import Foundation
import XLSX

/// The readings of a unit's row in a workbook from below, and where they were reported in the first place, as bytes: some
/// ten for each figure. A country's figures come to two million, of which a ``Reading`` and a ``FigureOrigin`` would take
/// 300 bytes each.
struct PackedFigures: Sendable, Codable {
  private let keys: [FieldKey]
  private let places: [Place]
  private let bytes: [UInt8]
  /// Whether the lines around the table say something else than the row does.
  var hasOwnHead = true
  /// Where the unit's name stands.
  var unitCell: CellReference?

  /// A sheet on which figures were reported.
  private struct Place: Hashable, Codable {
    var file: String
    var sheet: String
  }

  private enum Flag {
    /// The lowest two bits: figure, blank, unreadable, missing.
    static let state: UInt8 = 3
    static let hasCell: UInt8 = 4
    /// What stands in the cell is the figure as it is written plainly.
    static let isPlain: UInt8 = 8
    static let hasOrigin: UInt8 = 16
    static let hasOriginCell: UInt8 = 32
    /// What stood in the first place is what stands in the cell.
    static let hasSameRaw: UInt8 = 64
  }

  /// - Parameter keys: The fields of the readings, for all rows of a sheet the same array.
  /// - Returns: `nil` for readings of which there is more to say: notes, formulas, hidden cells, very long figures.
  init?(_ readings: [Reading], origins: [FieldKey: FigureOrigin], keys: [FieldKey]) {
    guard keys.count == readings.count else { return nil }
    var places: [Place] = []
    var bytes: [UInt8] = []
    bytes.reserveCapacity(readings.count * 12)
    var count = 0
    for (key, reading) in zip(keys, readings) {
      guard reading.field == key, reading.notes.isEmpty, reading.formula == nil, !reading.isHidden,
        reading.sheet == nil
      else { return nil }
      let origin = origins[key]
      var flags: UInt8
      var digits: (significand: Int, exponent: Int)?
      switch reading.state {
      case .figure(let figure):
        guard let parts = figure.parts else { return nil }
        digits = parts
        flags = 0
        if reading.raw == figure.plainText { flags |= Flag.isPlain }
      case .value: return nil
      case .blank: flags = 1
      case .unreadable: flags = 2
      case .missing: flags = 3
      }
      if reading.cell != nil { flags |= Flag.hasCell }
      if let origin {
        count += 1
        flags |= Flag.hasOrigin
        if origin.cell != nil { flags |= Flag.hasOriginCell }
        if origin.raw == reading.raw { flags |= Flag.hasSameRaw }
      }
      bytes.append(flags)
      if let digits {
        Self.append(Self.zigzag(digits.significand), to: &bytes)
        Self.append(Self.zigzag(digits.exponent), to: &bytes)
      }
      if let cell = reading.cell { Self.append(cell, to: &bytes) }
      if flags & Flag.isPlain == 0 { Self.append(reading.raw, to: &bytes) }
      guard let origin else { continue }
      let place = Place(file: origin.file, sheet: origin.sheet)
      let index = places.firstIndex(of: place) ?? places.count
      if index == places.count { places.append(place) }
      Self.append(UInt(index), to: &bytes)
      if let cell = origin.cell { Self.append(cell, to: &bytes) }
      if flags & Flag.hasSameRaw == 0 { Self.append(origin.raw, to: &bytes) }
    }
    // Origins of fields that are none of the form's.
    guard count == origins.count else { return nil }
    self.keys = keys
    self.places = places
    self.bytes = Array(bytes)
  }

  /// Each reading with its origin, in the order of the fields.
  func forEach(_ body: (Reading, FigureOrigin?) -> Void) {
    var reader = Reader(bytes)
    for key in keys {
      let flags = reader.byte()
      let state: Reading.State
      switch flags & Flag.state {
      case 0:
        let significand = Self.unzigzag(reader.number())
        let exponent = Self.unzigzag(reader.number())
        state = .figure(
          Decimal(
            sign: significand < 0 ? .minus : .plus, exponent: exponent,
            significand: Decimal(significand.magnitude)))
      case 1: state = .blank
      case 2: state = .unreadable
      default: state = .missing
      }
      var reading = Reading(field: key, state: state)
      if flags & Flag.hasCell != 0 { reading.cell = reader.cell() }
      if flags & Flag.isPlain == 0 {
        reading.raw = reader.text()
      } else if let figure = reading.figure {
        reading.raw = figure.plainText
      }
      guard flags & Flag.hasOrigin != 0 else {
        body(reading, nil)
        continue
      }
      let place = Int(truncatingIfNeeded: reader.number())
      let cell = flags & Flag.hasOriginCell != 0 ? reader.cell() : nil
      let raw = flags & Flag.hasSameRaw != 0 ? reading.raw : reader.text()
      let known = places.indices.contains(place) ? places[place] : Place(file: "", sheet: "")
      body(reading, FigureOrigin(file: known.file, sheet: known.sheet, cell: cell, raw: raw))
    }
  }

  var readings: [Reading] {
    var readings: [Reading] = []
    readings.reserveCapacity(keys.count)
    forEach { reading, _ in readings.append(reading) }
    return readings
  }

  var origins: [FieldKey: FigureOrigin] {
    var origins: [FieldKey: FigureOrigin] = [:]
    forEach { reading, origin in origins[reading.field] = origin }
    return origins
  }

  // Numbers of seven bits a byte, the lowest first.

  private static func zigzag(_ number: Int) -> UInt { UInt(bitPattern: number << 1 ^ number >> 63) }
  private static func unzigzag(_ number: UInt) -> Int {
    Int(bitPattern: number >> 1) ^ -Int(bitPattern: number & 1)
  }

  private static func append(_ number: UInt, to bytes: inout [UInt8]) {
    var rest = number
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func append(_ cell: CellReference, to bytes: inout [UInt8]) {
    append(UInt(bitPattern: cell.row), to: &bytes)
    append(UInt(bitPattern: cell.column), to: &bytes)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(UInt(text.utf8.count), to: &bytes)
    bytes += text.utf8
  }

  /// Reads what was packed; behind the end there are zeros.
  private struct Reader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() -> UInt8 {
      guard position < bytes.count else { return 0 }
      defer { position += 1 }
      return bytes[position]
    }

    mutating func number() -> UInt {
      var number: UInt = 0
      var shift: UInt = 0
      while shift < 64 {
        let next = byte()
        number |= UInt(next & 127) << shift
        if next < 128 { break }
        shift += 7
      }
      return number
    }

    mutating func cell() -> CellReference {
      let row = Int(bitPattern: number())
      return CellReference(row: row, column: Int(bitPattern: number()))
    }

    mutating func text() -> String {
      let count = Int(truncatingIfNeeded: number() & 0x7FFF_FFFF)
      let start = position
      position = min(start + count, bytes.count)
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
  }
}
