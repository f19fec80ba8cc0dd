import Foundation
import Testing

@testable import Web

@Suite("Names from outside")
struct FreeNameTests {
  @Test(
    "A name never leads out of the folder, and is seen there",
    arguments: [
      ("沁阳.xlsx", ["沁阳.xlsx"]), ("../../etc/passwd", ["etc", "passwd"]), ("/etc/passwd", ["etc", "passwd"]),
      ("..\\..\\沁阳.xlsx", ["沁阳.xlsx"]), ("沁阳/附件2.xlsx", ["沁阳", "附件2.xlsx"]), (".bashrc", ["bashrc"]),
      ("a\u{202E}fdp.exe", ["a_fdp.exe"]), ("a\nb\u{0}.xlsx", ["a_b_.xlsx"]),
      ("CON:附件?.xlsx", ["CON_附件_.xlsx"]),
      ("移出/附件2.xlsx", ["附件2.xlsx"]),
    ])
  func plain(name: String, parts: [String]) {
    #expect(FreeName.parts(of: name) == parts)
  }

  @Test("What is no name at all is refused", arguments: ["", "/", "..", "...", "../..", " / "])
  func nothing(name: String) {
    #expect(FreeName.parts(of: name) == nil)
  }

  @Test("A long name keeps its ending and fits")
  func long() throws {
    let name = try #require(FreeName.parts(of: String(repeating: "沁", count: 200) + ".xlsx")?.last)
    #expect(name.utf8.count <= 245)
    #expect(name.hasSuffix("沁.xlsx"))
  }

  @Test("A second file of the same name gets a number; nothing is written over")
  func second() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var names: [String] = []
    for text in ["一", "二", "三"] {
      let file = folder.appendingPathComponent("新的")
      try Data(text.utf8).write(to: file)
      names.append(try FreeName.move(file.path, into: folder.path, as: "附件2.沁阳.xlsx"))
    }
    #expect(names == ["附件2.沁阳.xlsx", "附件2.沁阳 (2).xlsx", "附件2.沁阳 (3).xlsx"])
    let texts = try names.map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
    #expect(texts == ["一", "二", "三"])
  }

  @Test("A folder that is a link is not followed")
  func link() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("外"), withDestinationURL: URL(fileURLWithPath: "/"))
    #expect(throws: Problem.self) { try FreeName.makeFolders(["外"], in: folder.path) }
  }
}
