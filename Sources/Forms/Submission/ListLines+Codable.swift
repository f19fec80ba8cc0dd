/// Lines that come from a file are looked through once: what reads them later trusts that they are whole.
extension ListLines {
  private enum Key: String, CodingKey {
    case fieldCount, parts, remarks, bytes, starts, rows, partOf, originRows
  }

  private struct PlacedRemark: Codable {
    var place: Place
    var remark: Remark
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let remarks = try container.decode([PlacedRemark].self, forKey: .remarks)
    self.init(
      fieldCount: try container.decode(Int.self, forKey: .fieldCount),
      parts: try container.decode([Part].self, forKey: .parts),
      remarks: Dictionary(remarks.map { ($0.place, $0.remark) }, uniquingKeysWith: { $1 }),
      bytes: try container.decode(String.self, forKey: .bytes).unhexed ?? [],
      starts: try container.decode([Int].self, forKey: .starts),
      rows: try container.decode([Int32].self, forKey: .rows),
      partOf: try container.decode([Int32].self, forKey: .partOf),
      originRows: try container.decodeIfPresent([Int32].self, forKey: .originRows) ?? [])
    guard isWhole else {
      throw DecodingError.dataCorruptedError(
        forKey: .bytes, in: container, debugDescription: "The lines of the list are not whole.")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(fieldCount, forKey: .fieldCount)
    try container.encode(parts, forKey: .parts)
    let placed = remarks.sorted { ($0.key.line, $0.key.field) < ($1.key.line, $1.key.field) }
    try container.encode(
      placed.map { PlacedRemark(place: $0.key, remark: $0.value) }, forKey: .remarks)
    try container.encode(bytes.hexed, forKey: .bytes)
    try container.encode(starts, forKey: .starts)
    try container.encode(rows, forKey: .rows)
    try container.encode(partOf, forKey: .partOf)
    if !originRows.isEmpty { try container.encode(originRows, forKey: .originRows) }
  }

  /// Whether every line has its values and its part, and nothing stands in between.
  private var isWhole: Bool {
    guard fieldCount >= 0, rows.count == starts.count, partOf.count == starts.count,
      originRows.isEmpty || originRows.count == starts.count,
      partOf.allSatisfy({ parts.indices.contains(Int($0)) }),
      parts.allSatisfy({
        $0.columns.count == fieldCount && $0.columns.allSatisfy { $0.map(Self.isColumn) ?? true }
      }),
      remarks.keys.allSatisfy({ starts.indices.contains($0.line) && (0..<fieldCount).contains($0.field) })
    else { return false }
    var next = 0
    for start in starts {
      guard start == next else { return false }
      for _ in 0..<fieldCount {
        guard let end = endOfValue(at: next) else { return false }
        next = end
      }
    }
    return next == bytes.count
  }

  private static func isColumn(_ column: Int) -> Bool { (1...16_384).contains(column) }
}

extension [UInt8] {
  /// Two hexadecimal digits a byte.
  var hexed: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(count * 2)
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension String {
  /// The bytes of a text of hexadecimal digits; `nil` for any other text.
  var unhexed: [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count / 2)
    var high: UInt8?
    for character in utf8 {
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let known = high {
        bytes.append(known << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }
}
