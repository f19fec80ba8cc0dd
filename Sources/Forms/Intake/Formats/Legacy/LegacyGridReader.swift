import Foundation
import XLSX

/// Reads .xls of Excel 95 to 2003 and .et of WPS, which has the same streams ([MS-XLS], BIFF5 and BIFF8).
struct LegacyGridReader: GridReader {
  func read(_ bytes: [UInt8], format: FileFormat, limits: IntakeLimits) throws -> GridBook {
    var stream = bytes
    if bytes.first == 0xD0 {
      guard let file = CompoundFile(bytes) else { throw IntakeProblem.truncated }
      // A file for both Excel 95 and 97 has both.
      guard let found = file.stream(named: "Workbook") ?? file.stream(named: "Book") else {
        throw IntakeProblem.truncated
      }
      stream = found
    }
    let globals = try LegacyGlobals(stream)
    var grids: [Grid] = []
    for sheet in globals.sheets where sheet.isWorksheet {
      var reader = LegacySheetReader(sheet, globals: globals)
      try reader.read(stream)
      grids.append(reader.grid)
    }
    return GridBook(format: .xls, grids: grids)
  }
}

/// What a BIFF stream says about the workbook as a whole ([MS-XLS] 2.1.7.20.3).
struct LegacyGlobals {
  struct Sheet {
    var name: String
    var offset: Int
    var isHidden: Bool
    var isWorksheet: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var strings: [String] = []
  private(set) var is1904 = false
  /// BIFF8, of Excel 97 and later; BIFF5 otherwise.
  let isUnicode: Bool
  private var codePage = 936
  private var formats: [Int: String] = [:]
  /// The number format of every cell format.
  private var cellFormats: [Int] = []
  private(set) var areDates: [Bool] = []

  init(_ stream: [UInt8]) throws(IntakeProblem) {
    var records = LegacyRecords(stream)
    guard let start = records.next(), start.type == 0x0809, let version = start.data.uint16(at: 0) else {
      // BIFF2 to BIFF4 begin otherwise.
      throw IntakeProblem(
        zh: "是Excel 95以前的格式，请用Excel或WPS另存为.xlsx", en: "it is older than Excel 95; save it as .xlsx")
    }
    isUnicode = version >= 0x0600
    var isComplete = false
    reading: while let record = records.next() {
      switch record.type {
      case 0x002F: throw .encrypted
      case 0x0042: codePage = record.data.uint16(at: 0) ?? codePage
      case 0x0022: is1904 = record.data.uint16(at: 0) == 1
      case 0x041E: readFormat(record)
      case 0x00E0: cellFormats.append(record.data.uint16(at: 2) ?? 0)
      case 0x0085: readSheet(record)
      case 0x00FC: readStrings(record)
      case 0x000A:
        isComplete = true
        break reading
      default: continue
      }
    }
    guard isComplete else { throw .truncated }
    areDates = cellFormats.map { Self.isDate($0, code: formats[$0]) }
  }

  /// The text of a string that starts at an offset: two bytes of length, then characters.
  func string(_ record: LegacyRecords.Record, at offset: Int, lengthSize: Int = 2) -> String? {
    if isUnicode {
      var strings = LegacyStrings(record, at: offset)
      return strings.next(lengthSize: lengthSize)
    }
    let length =
      lengthSize == 2
      ? record.data.uint16(at: offset) : record.data.slice(at: offset, count: 1)?.first.map(Int.init)
    guard let length, let bytes = record.data.slice(at: offset + lengthSize, count: length) else {
      return nil
    }
    // 936 is GBK; other code pages are not used where these forms are filled in.
    return codePage == 1_200 ? String(decoding: bytes, as: UTF8.self) : GB18030.decodeRepairing(bytes)
  }

  private mutating func readFormat(_ record: LegacyRecords.Record) {
    guard let index = record.data.uint16(at: 0) else { return }
    formats[index] = string(record, at: 2, lengthSize: isUnicode ? 2 : 1)
  }

  private mutating func readSheet(_ record: LegacyRecords.Record) {
    guard let offset = record.data.uint32(at: 0), let state = record.data.uint16(at: 4),
      let name = string(record, at: 6, lengthSize: 1)
    else { return }
    sheets.append(Sheet(name: name, offset: offset, isHidden: state & 3 != 0, isWorksheet: state >> 8 == 0))
  }

  private mutating func readStrings(_ record: LegacyRecords.Record) {
    guard let count = record.data.uint32(at: 4) else { return }
    var reader = LegacyStrings(record, at: 8)
    while strings.count < count, let next = reader.next() { strings.append(next) }
  }

  /// The built-in formats, of which 27–36 and 50–58 are the Chinese and Japanese dates (ECMA-376 Part 1, 18.8.30).
  private static func isDate(_ index: Int, code: String?) -> Bool {
    switch index {
    case 14...22, 27...36, 45...47, 50...58: true
    default: code.map { NumberFormat($0).isDate } ?? false
    }
  }
}
