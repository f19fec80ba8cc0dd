import Foundation
import Testing

/// Holds the code in the documentation's articles to the code that ``CookbookTests`` compiles and runs.
@Suite("Articles")
struct ArticleTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  private static let articles = tests.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/XLSX/XLSX.docc")

  /// What stands between two kinds of lines, without the indent of its first line.
  private func blocks(of url: URL, from start: String, to end: String) throws -> [String] {
    var blocks: [String] = []
    var open: [Substring]?
    for line in try String(contentsOf: url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      let bare = line.trimmingPrefix(while: \.isWhitespace)
      if let lines = open, bare == end {
        let indent = lines.first?.prefix(while: \.isWhitespace) ?? ""
        blocks.append(lines.map { $0.trimmingPrefix(indent) }.joined(separator: "\n"))
        open = nil
      } else if open != nil {
        open?.append(line)
      } else if bare == start {
        open = []
      }
    }
    return blocks
  }

  @Test("every example of an article is compiled and run by a test, and every tested example is shown")
  func examples() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: Self.articles, includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "md" && $0.lastPathComponent != "Gallery.md" }
    var shown: [String] = []
    for file in files.sorted(by: { $0.path() < $1.path() }) {
      shown += try blocks(of: file, from: "```swift", to: "```")
    }
    let tested = try ["CookbookTests.swift", "EverydayTests.swift"].flatMap {
      try blocks(of: Self.tests.appending(path: $0), from: "// snippet", to: "// end")
    }
    #expect(shown.count >= 12)
    for example in shown where !tested.contains(example) {
      Issue.record("not tested as it is shown:\n\(example)")
    }
    for example in tested where !shown.contains(example) {
      Issue.record("tested, but in no article:\n\(example)")
    }
  }
}
