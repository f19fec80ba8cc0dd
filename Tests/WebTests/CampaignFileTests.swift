import Forms
import Foundation
import Testing

@testable import Web

@Suite("活动.yaml as the page reads it")
struct CampaignFileTests {
  @Test("A file that is no UTF-8 is told, and does not pass for none that could be written over")
  func unreadable() throws {
    let path = NSTemporaryDirectory() + "campaign-\(UUID().uuidString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try CampaignFile.text(at: path) == nil)
    // 审 in GBK, as Notepad saves it.
    try Data(Array("# ".utf8) + [0xC9, 0xF3]).write(to: URL(fileURLWithPath: path))
    #expect(throws: FormsError.self) { try CampaignFile.text(at: path) }
    try Data("id: a".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try CampaignFile.text(at: path) == "id: a")
  }
}
