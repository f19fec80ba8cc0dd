/// An .xls written by hand: the records of the workbook and of one sheet ([MS-XLS] 2.1.4), without a compound file around
/// them, or with one.
struct BIFFStream {
  /// 0x0600 for BIFF8, 0x0500 for BIFF5.
  var version = 0x0600
  /// Records of the workbook as a whole, and of its sheet.
  var globals: [UInt8] = []
  var sheet: [UInt8] = []
  var hasSheetStart = true

  static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  static func record(_ type: Int, _ data: [UInt8]) -> [UInt8] {
    number(type, 2) + number(data.count, 2) + data
  }

  /// A cell's row, column and format, from 0.
  static func place(_ row: Int, _ column: Int, style: Int = 0) -> [UInt8] {
    number(row, 2) + number(column, 2) + number(style, 2)
  }

  static func double(_ value: Double) -> [UInt8] { number(Int(bitPattern: UInt(value.bitPattern)), 8) }

  var bytes: [UInt8] {
    let start = { (kind: Int) in
      Self.record(0x0809, Self.number(version, 2) + Self.number(kind, 2) + Self.number(0, 4))
    }
    let name = version == 0x0600 ? [5, 0] + Array("Blatt".utf8) : [5] + Array("Blatt".utf8)
    let end = Self.record(0x0A, [])
    let size = start(5).count + globals.count + Self.record(0x85, Self.number(0, 6) + name).count + end.count
    return start(5) + globals + Self.record(0x85, Self.number(size, 4) + Self.number(0, 2) + name) + end
      + (hasSheetStart ? start(0x10) : []) + sheet + end
  }

  /// The stream in a compound file of sectors of 512 bytes, whose last one ends with the stream.
  func compoundFile(streamNamed name: String) -> [UInt8] {
    let stream = bytes + [UInt8](repeating: 0, count: max(0, 4_100 - bytes.count))
    let count = (stream.count + 511) / 512
    var table = [0xFFFF_FFFD, 0xFFFF_FFFE]
    table += (0..<count).map { $0 + 1 < count ? $0 + 3 : 0xFFFF_FFFE }
    table += [Int](repeating: 0xFFFF_FFFF, count: 128 - table.count)
    func entry(_ name: String, _ type: UInt8, child: Int, start: Int, size: Int) -> [UInt8] {
      let units = name.utf16.flatMap { Self.number(Int($0), 2) }
      var entry = units + [UInt8](repeating: 0, count: 64 - units.count)
      entry += Self.number(units.count + 2, 2) + [type, 1]
      entry += Self.number(0xFFFF_FFFF, 4) + Self.number(0xFFFF_FFFF, 4) + Self.number(child, 4)
      return entry + [UInt8](repeating: 0, count: 36) + Self.number(start, 4) + Self.number(size, 8)
    }
    let directory =
      entry("Root Entry", 5, child: 1, start: 0xFFFF_FFFE, size: 0)
      + entry(name, 2, child: 0xFFFF_FFFF, start: 2, size: stream.count) + [UInt8](repeating: 0, count: 256)
    var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
    header +=
      Self.number(0x3E, 2) + Self.number(3, 2) + Self.number(0xFFFE, 2) + Self.number(9, 2)
      + Self.number(6, 2)
    header += [UInt8](repeating: 0, count: 10) + Self.number(1, 4) + Self.number(1, 4) + Self.number(0, 4)
    header +=
      Self.number(4_096, 4) + Self.number(0xFFFF_FFFE, 4) + Self.number(0, 4) + Self.number(0xFFFF_FFFE, 4)
    header += Self.number(0, 4) + Self.number(0, 4)
    header += [UInt8](repeating: 0xFF, count: 512 - header.count)
    return header + table.flatMap { Self.number($0, 4) } + directory + stream
  }
}
