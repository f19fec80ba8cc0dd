import Forms
import Foundation
import Testing

@testable import Web

@Suite("Other working folders")
struct FolderTests {
  private let place = FileManager.default.temporaryDirectory.appendingPathComponent(
    "huizong-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { place.appendingPathComponent(name).path }

  @Test("A folder that is there is neither filled nor removed, whoever made it")
  func taken() throws {
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(atPath: path("2025年统计"), withIntermediateDirectories: false)
    try Data("id: a".utf8).write(to: URL(fileURLWithPath: path("2025年统计/活动.yaml")))
    let problem = #expect(throws: Problem.self) {
      try FolderShelf.make(path("2025年统计")) { Issue.record("It is not this call's folder.") }
    }
    #expect(problem?.code == "taken")
    #expect(FileManager.default.fileExists(atPath: path("2025年统计/活动.yaml")))
  }

  @Test("Nothing is left of a folder that could not be filled")
  func failed() {
    defer { try? FileManager.default.removeItem(at: place) }
    #expect(throws: Problem.self) { try FolderShelf.make(path("新")) { throw Problem.notFound } }
    #expect(!FileManager.default.fileExists(atPath: path("新")))
  }

  @Test("A folder without a campaign file does not say which campaign counts, so it is not opened")
  func campaign() throws {
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(atPath: path("收件"), withIntermediateDirectories: false)
    #expect(!RecentFolders.isWorkingFolder(place.path))
    try Data("extends: jiaozuo-2024".utf8).write(to: URL(fileURLWithPath: path("活动.yaml")))
    #expect(RecentFolders.isWorkingFolder(place.path))
  }

  @Test("A program that says nothing is not waited for without end")
  func silence() {
    let pipe = Pipe()
    #expect(FolderShelf.line(from: pipe.fileHandleForReading, within: 0.1) == nil)
    pipe.fileHandleForWriting.write(Data("http://127.0.0.1:1/\n".utf8))
    #expect(FolderShelf.line(from: pipe.fileHandleForReading, within: 5) == "http://127.0.0.1:1/\n")
  }

  @Test("A target of the campaign below is not taken away in silence")
  func target() throws {
    let text = "extends: jiaozuo-2024\n"
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: place)
    let table = try #require(campaign.targets.first)
    let unit = try #require(table.order.first)
    func complaint(_ change: CampaignChange, _ text: String) throws -> FormsError? {
      if case .failure(let error) = try CampaignRequests.outcome(of: change, on: text).1 { return error }
      return nil
    }
    #expect(try complaint(.target(table: table.label, unit: unit, nil), text)?.code == .campaign)
    // One that this file set itself goes.
    let (own, result) = try CampaignRequests.outcome(
      of: .target(table: table.label, unit: unit, 7), on: text)
    #expect(try result.get().targets.first?.targets[unit] == 7)
    #expect(try complaint(.target(table: table.label, unit: unit, nil), own) == nil)
  }

  @Test("Without a proxy's name no address is handed out: this machine's own leads nobody here")
  func address() {
    var access = Access(token: "k", hosts: ["127.0.0.1:8642", "localhost:8642"], port: 8642)
    #expect(access.base == nil)
    access.proxied = ["tongji.example.cn"]
    #expect(access.base == "https://tongji.example.cn")
  }
}
