import Harness

@testable import XLSX

/// The byte scanner against libxml2: both read a part alike, or both refuse it.
///
/// The input is a part: shared strings if it has a `<sst`, else a sheet. With `+` and a byte n before it, spaces are put in so
/// that the reader's first chunk of bytes ends n bytes into the rows or items.
@main
struct ScannerTarget {
  static func main() {
    Fuzzer.run { start, count in
      ScannerTarget.run(bytes(start, count))
      return 0
    }
  }

  private static func run(_ input: [UInt8]) {
    let name = "part.xml"
    let part = spread(input)
    guard let package = try? Package(bytes: Bundle(parts: [(name, part)]).archive, limits: .default) else {
      return
    }
    if find("<sst", in: part) != nil {
      compareStrings(package, "/\(name)")
    } else {
      compareSheets(package, "/\(name)")
    }
  }

  private static func compareSheets(_ package: Package, _ part: String) {
    let scanned = SheetTranscript(package, part, usesScanner: true)
    let reference = SheetTranscript(package, part, usesScanner: false)
    if scanned.failure != reference.failure {
      violated(
        "same end: \(scanned.failure?.rawValue ?? "sound") / \(reference.failure?.rawValue ?? "sound")")
    }
    // A stream that fails has given what stood before the damage, which the two notice at different places.
    if reference.failure == nil, let difference = scanned.firstDifference(from: reference) {
      violated("same rows: \(difference)")
    }
  }

  private static func compareStrings(_ package: Package, _ part: String) {
    func values(_ usesScanner: Bool) -> [CellValue]? {
      let strings = try? SharedStrings.read(package, part: part, usesScanner: usesScanner)
      return strings.map { strings in (0..<strings.count).map { strings.value($0) } }
    }
    let (scanned, reference) = (values(true), values(false))
    if scanned != reference { violated("same strings: \(scanned ?? []) / \(reference ?? [])") }
  }

  /// Puts the end of the first chunk where the input wants it.
  private static func spread(_ input: [UInt8]) -> [UInt8] {
    guard input.count > 2, input[0] == UInt8(ascii: "+") else { return input }
    let part = Array(input[2...])
    guard let tag = find("<sheetData", in: part) ?? find("<sst", in: part),
      let end = part[tag...].firstIndex(of: UInt8(ascii: ">"))
    else { return part }
    let spaces = max(0, PartReader.chunkSize - Int(input[1]) - end - 1)
    return part[...end] + [UInt8](repeating: 0x20, count: spaces) + part[(end + 1)...]
  }

  private static func find(_ text: StaticString, in bytes: [UInt8]) -> Int? {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes.count >= wanted.count else { return nil }
    return (0...bytes.count - wanted.count).first { bytes[$0...].starts(with: wanted) }
  }
}
