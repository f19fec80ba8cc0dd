import Forms
import Foundation
import Testing

@testable import Web

@Suite("What the page keeps for itself: people, links")
struct PrivateFileTests {
  private let words = LocalizedText(zh: "各单位的链接无法读取", en: "the links cannot be read")

  @Test(
    "A list that cannot be read is said, never taken for an empty one that the next change would write over")
  func unreadable() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("links-\(UUID()).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try PrivateFile.read([String: String].self, from: path, words) == nil)
    try Data("{\"01\":\"a1b2\"}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try PrivateFile.read([String: String].self, from: path, words) == ["01": "a1b2"])
    try Data("{\"01\":\"a1".utf8).write(to: URL(fileURLWithPath: path))
    let told = #expect(throws: FormsError.self) {
      try PrivateFile.read([String: String].self, from: path, words)
    }
    #expect(told?.text(in: .chinese).contains("各单位的链接无法读取") == true)
  }
}
