import Forms
import Foundation
import Testing

@Suite("Reading a campaign file")
struct CampaignYAMLTests {
  @Test(
    "a byte order mark and Windows line ends, as Notepad leaves them, do no harm; lines still count right")
  func notepad() throws {
    let root = try YAMLReader.read("\u{FEFF}id: a\r\nyear: zwei\r\n", file: "活动.yaml")
    let map = try root.mapping(keys: ["id", "year"])
    #expect(try map.required("id").string() == "a")
    let error = try #require(throws: FormsError.self) { try map.required("year").int() }
    #expect(error.text(in: .chinese) == "活动.yaml:2：此处应为整数，现为“zwei”")
  }

  @Test(
    "values are read strictly by type",
    arguments: [
      ("007", "7", nil), ("\"7\"", nil, nil), ("1.50", nil, "1.5"), ("1e3", nil, nil), (".5", nil, nil),
      ("-3", "-3", "-3"), ("1,000", nil, nil), ("99999999999999999999", nil, "99999999999999999999"),
    ] as [(String, String?, String?)])
  func numbers(text: String, int: String?, decimal: String?) throws {
    let node = try YAMLReader.read("v: \(text)", file: "f").mapping().required("v")
    #expect((try? node.int()).map(String.init) == int)
    if let decimal { #expect(try node.decimal().description == decimal) }
    if int == nil && decimal == nil { #expect(throws: FormsError.self) { try node.decimal() } }
  }

  @Test("a file that is empty, not YAML, or expands without end is refused")
  func unreadable() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let references = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(references)]\n"
    }
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    for text in ["", "# 只有注释", "a: [1", "a: *nowhere", "a: 1\n---\nb: 2", "a: \u{0}", bomb, deep] {
      let error = try #require(throws: FormsError.self) { try YAMLReader.read(text, file: "f") }
      #expect(error.code == .campaign && error.file == "f")
    }
  }
}
