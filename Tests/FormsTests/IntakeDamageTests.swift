import Foundation
import Testing
import XLSX

@testable import Forms

/// The shared fixtures beside the package, where they are there.
private let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/fixtures")

@Suite("Damaged files of every format", .enabled(if: FileManager.default.fileExists(atPath: fixtures.path())))
struct IntakeDamageTests {
  private func sample(_ ending: String) throws -> [UInt8] {
    let inbox = fixtures.appending(path: "clean-2024-formats/inbox")
    let names = try FileManager.default.contentsOfDirectory(atPath: inbox.path())
    for name in names.sorted() where name.hasSuffix("." + ending) {
      let bytes = [UInt8](try Data(contentsOf: inbox.appending(path: name)))
      // Some bear the name of another format.
      if FileSniffer.format(of: bytes).rawValue == ending { return bytes }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  private func read(_ bytes: [UInt8]) {
    let format = FileSniffer.format(of: bytes)
    _ = try? format.reader?.read(bytes, format: format, limits: .default)
  }

  @Test(
    "cut short or with wrong bytes they are refused or read, and never trap",
    arguments: ["xlsx", "xls", "docx", "ods"])
  func damage(ending: String) throws {
    let bytes = try sample(ending)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<40 { read(Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))) }
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        damaged[position] =
          [0, 0xFF, 0x7F, 0x80, UInt8.random(in: 0...255, using: &random)].randomElement() ?? 0
      }
      read(damaged)
    }
  }

  @Test("records of an .xls are damaged one field at a time")
  func damagedRecords() throws {
    let bytes = try sample("xls")
    let stream = try #require(CompoundFile(bytes)?.stream(named: "Workbook"))
    for position in stream.indices where position % 3 == 0 {
      var damaged = stream
      damaged[position] = position % 2 == 0 ? 0xFF : 0
      // A stream that no compound file is around is read as it is.
      _ = try? Workbook(importing: damaged)
    }
  }
}
