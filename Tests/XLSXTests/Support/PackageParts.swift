@testable import XLSX

/// The entries of a workbook file, by name, for comparing what an edit left alone.
struct PackageParts {
  let parts: [String: [UInt8]]
  /// The names in the order of the archive.
  let names: [String]

  init(_ bytes: [UInt8]) throws {
    let package = try Package(bytes: bytes, limits: .default)
    var parts: [String: [UInt8]] = [:]
    for entry in package.archive.entries { parts[entry.name] = try package.bytes(of: "/" + entry.name) }
    self.parts = parts
    names = package.archive.entries.map(\.name)
  }

  /// An entry as text; empty if there is none.
  subscript(name: String) -> String { String(decoding: parts[name] ?? [], as: UTF8.self) }

  /// The entries that another package has otherwise or lacks, and those that it adds.
  func differences(to other: PackageParts) -> Set<String> {
    Set(parts.keys).union(other.parts.keys).filter { parts[$0] != other.parts[$0] }
  }
}
