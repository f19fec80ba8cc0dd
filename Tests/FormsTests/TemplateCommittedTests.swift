import Forms
import Foundation
import Testing

@testable import XLSX

/// The blank workbooks in `Templates/` are ready to mail: whoever has only the repository has the forms.
@Suite("The committed blank workbooks")
struct TemplateCommittedTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Templates/jiaozuo-2024/空白表")

  @Test("are what the program generates: 2 generic forms, 32 of units, 2 tables of targets")
  func upToDate() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: folder.url)
    let set = TemplateSet(campaign)
    var files = try set.write(campaign.forms, for: .anyone, to: folder.url)
    files += try set.write(campaign.forms, for: .everyUnit, to: folder.url)
    for table in campaign.targets { files += try set.write(table, to: folder.url) }

    let remedy = "run `make templates` and commit what it writes"
    let committed = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(committed == files.map(\.lastPathComponent).sorted(), "\(remedy)")
    let stale = try files.map(\.lastPathComponent).filter { name in
      let old = Self.folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: old.path) else { return true }
      return try parts(old) != parts(folder.url.appendingPathComponent(name))
    }
    #expect(stale == [], "\(remedy)")
  }

  /// The parts of a package in their order, byte for byte. The compressed bytes are not compared: they depend on the
  /// version of the compression library.
  private func parts(_ file: URL) throws -> [String: [UInt8]] {
    let package = try Package(path: file.path, limits: .default)
    let names = try ZipArchive(path: file.path, limits: .default).entries.map(\.name)
    return Dictionary(uniqueKeysWithValues: try names.map { ($0, try package.bytes(of: $0)) })
  }
}
