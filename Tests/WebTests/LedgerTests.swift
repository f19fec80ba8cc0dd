import Foundation
import GRDB
import Testing

@testable import Web

@Suite("The ledger")
struct LedgerTests {
  private static func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  @Test("Entries are numbered from 1, each sealed with the one before")
  func chain() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try Ledger(inFolder: folder.path)
    try ledger.add([LedgerEntry(.fileReceived, file: "收件/沁阳.xlsx", hash: "0a")], by: "李晓红")
    try ledger.add(
      [
        LedgerEntry(.correction, cell: "Sheet1!E6", old: "51", new: "15", reason: "电话核实"),
        LedgerEntry(.merged),
      ],
      by: "王芳")
    let entries = try ledger.entries()
    #expect(entries.map(\.number) == [1, 2, 3])
    #expect(entries.map(\.person) == ["李晓红", "王芳", "王芳"])
    #expect(entries.map(\.previous) == [""] + entries.dropLast().map(\.seal))
    #expect(Set(entries.map(\.seal)).count == 3)
    #expect(try ledger.verify() == nil)
    #expect(try ledger.entries(after: 2).map(\.action) == ["merged"])
    // Opened again it goes on where it was.
    try Ledger(inFolder: folder.path).add([LedgerEntry(.returned)], by: "王芳")
    #expect(try ledger.entries(limit: 1).first?.previous == entries.last?.seal)
  }

  @Test("An entry can neither be changed nor taken out; what is changed by other means shows")
  func appendOnly() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = try Ledger(inFolder: folder.path)
    for number in 1...5 { try ledger.add([LedgerEntry(.correction, new: "\(number)")], by: "王芳") }
    let queue = try DatabaseQueue(path: folder.path + "/" + Ledger.fileName)
    #expect(throws: DatabaseError.self) {
      try queue.write { try $0.execute(sql: "UPDATE entry SET new = '9' WHERE number = 3") }
    }
    #expect(throws: DatabaseError.self) {
      try queue.write { try $0.execute(sql: "DELETE FROM entry WHERE number = 5") }
    }
    #expect(try ledger.verify() == nil)
    try queue.write {
      try $0.execute(sql: "DROP TRIGGER entry_stays; UPDATE entry SET new = '9' WHERE number = 3")
    }
    #expect(try ledger.verify() == 3)
  }

  @Test("Two that write at the same time make one chain")
  func concurrent() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try Ledger(inFolder: folder.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 1...4 {
        group.addTask {
          let ledger = try Ledger(inFolder: folder.path)
          for number in 1...10 { try ledger.add([LedgerEntry(.letters, new: "\(number)")], by: "\(writer)") }
        }
      }
      try await group.waitForAll()
    }
    let ledger = try Ledger(inFolder: folder.path)
    #expect(try ledger.count() == 40)
    #expect(try ledger.verify() == nil)
  }

  @Test("A broken ledger is kept aside, and a new one begins")
  func broken() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(Ledger.fileName)
    try Data(repeating: 0x41, count: 5_000).write(to: file)
    let desk = LedgerDesk(inFolder: folder.path)
    #expect(desk.problem?.chinese.contains("已损坏") == true)
    #expect(desk.note([LedgerEntry(.merged)], by: "王芳"))
    #expect(try desk.ledger?.verify() == nil)
    let kept = try Data(contentsOf: URL(fileURLWithPath: file.path + ".损坏1"))
    #expect(kept == Data(repeating: 0x41, count: 5_000))
  }

  @Test("A time carries its zone")
  func time() {
    let date = Date(timeIntervalSince1970: 1_732_066_205)
    #expect(Ledger.time(date, zone: 8 * 3_600) == "2024-11-20T09:30:05+08:00")
    #expect(Ledger.time(date, zone: -34_200) == "2024-11-19T16:00:05-09:30")
  }
}
