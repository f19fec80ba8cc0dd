import Forms
import Foundation
import Testing

@testable import Web

@Suite("A look at the folder that is stopped")
struct StoppedLookTests {
  private let inbox = FileManager.default.temporaryDirectory.appendingPathComponent(
    "huizong-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    for number in 1...6 {
      try Data("活动总结\(number)".utf8).write(to: inbox.appendingPathComponent("\(number).txt"))
    }
  }

  @Test("Of a folder that was not looked at to its end nothing is shown; going on shows all of it")
  func stopped() async throws {
    defer { try? FileManager.default.removeItem(at: inbox) }
    let folder = OfficeFolder(campaignName: "jiaozuo-2024", inbox: inbox.path)
    folder.look.stop()
    await #expect(throws: Problem.self) { try await folder.view(asOf: nil) }
    // It stays stopped, for every day, until somebody says otherwise.
    await #expect(throws: Problem.self) { try await folder.view(asOf: CalendarDate(iso: "2024-12-01")) }
    await folder.goOn()
    #expect(try await folder.view(asOf: nil).checked.files.count == 6)
    #expect(folder.look.progress == nil)
  }

  @Test("What was known before is shown again once the new files are taken out")
  func takenOut() async throws {
    defer { try? FileManager.default.removeItem(at: inbox) }
    let folder = OfficeFolder(campaignName: "jiaozuo-2024", inbox: inbox.path)
    let before = try await folder.view(asOf: nil)
    let new = inbox.appendingPathComponent("新.txt")
    try Data("另一份".utf8).write(to: new)
    await folder.noteChange()
    folder.look.stop()
    let problem = await #expect(throws: Problem.self) { try await folder.view(asOf: nil) }
    #expect(problem?.code == "stopped")
    try FileManager.default.removeItem(at: new)
    #expect(try await folder.view(asOf: nil).number == before.number)
    #expect(!folder.look.isStopped)
  }

  @Test("Nothing is stopped where nothing is under way")
  func idle() async throws {
    defer { try? FileManager.default.removeItem(at: inbox) }
    let folder = OfficeFolder(campaignName: "jiaozuo-2024", inbox: inbox.path)
    await folder.stop()
    #expect(try await folder.view(asOf: nil).checked.files.count == 6)
  }
}
