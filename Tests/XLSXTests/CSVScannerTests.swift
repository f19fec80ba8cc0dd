import Testing

@testable import XLSX

@Suite struct CSVScannerTests {
  @Test(
    "CSV is split as RFC 4180 says, wherever the chunks end",
    arguments: [
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      ("a\rb\r", [["a"], ["b"]]),
      ("\"a,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",x\n", [["a,1", "say \"hi\""], ["two\nlines", "x"]]),
      ("a,,\n,\n\nb\n", [["a", "", ""], ["", ""], [], ["b"]]),
      ("a,", [["a", ""]]), ("", []), ("\"\"", [[""]]), ("\"open, never closed\n", [["open, never closed\n"]]),
      ("5\" pipe,\"x\"y\n", [["5\" pipe", "xy"]]),
      ("沁阳市总工会,１２\n", [["沁阳市总工会", "１２"]]),
    ])
  func records(text: String, records: [[String]]) throws {
    for size in [1, 2, 3, 7, 1000] {
      #expect(try Self.scan(text, chunk: size) == records, "in chunks of \(size) bytes")
    }
  }

  @Test(
    "Only what a number cell can hold unchanged becomes a number",
    arguments: [
      ("12", CSVFieldKind.number), ("-0.57", .number), ("0", .number), ("0.5", .number), ("1e-06", .number),
      ("123456789012345", .number), ("0.30000000000000004", .number), ("TRUE", .bool(true)),
      ("FALSE", .bool(false)),
      ("", .empty), ("0391", .text), ("1234567890123456", .text), ("12E4", .text), ("1.", .text),
      (".5", .text),
      ("-", .text), ("+5", .text), ("1,200", .text), ("2024-11-18", .text), ("True", .text), ("=1+1", .text),
      ("1e+999", .text), ("-00", .text), ("12 ", .text),
    ])
  func kinds(text: String, kind: CSVFieldKind) {
    #expect(Array(text.utf8).withUnsafeBytes { CSVFieldKind($0) } == kind)
  }

  private static func scan(_ text: String, chunk: Int) throws -> [[String]] {
    var scanner = CSVScanner()
    var collector = Collector()
    var pending: [UInt8] = []
    var rest = Array(text.utf8)[...]
    repeat {
      pending += rest.prefix(chunk)
      rest = rest.dropFirst(chunk)
      let isLast = rest.isEmpty
      let done = try pending.withUnsafeBytes { try scanner.scan($0, isLast: isLast, into: &collector) }
      pending.removeFirst(done)
    } while !rest.isEmpty
    return collector.records
  }

  private struct Collector: CSVConsumer {
    var records: [[String]] = []
    var current: [String] = []

    mutating func field(_ bytes: UnsafeRawBufferPointer) {
      current.append(String(decoding: bytes, as: UTF8.self))
    }

    mutating func endRecord() {
      records.append(current)
      current = []
    }
  }
}
