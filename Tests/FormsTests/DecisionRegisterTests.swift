import Foundation
import Testing
import XLSX

@testable import Forms

@Suite("Decisions written line by line")
struct DecisionRegisterTests {
  private let campaign: Campaign
  private let folder: URL

  init() throws {
    campaign = try Campaign.load(nil, workingDirectory: FileManager.default.temporaryDirectory)
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var path: String { folder.appendingPathComponent("更正.xlsx").path }

  private func new(_ cell: String, _ old: String, _ new: String) -> DecisionRegister.NewCorrection {
    .init(
      file: "收件/沁阳.xlsx", sheet: "Sheet1", cell: cell, field: nil, old: old, new: new, officer: "李晓红",
      reason: "电话核实")
  }

  private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  @Test("What is written is what the list's reader reads: figures as figures, what is blank as blank")
  func written() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(DecisionRegister.adding([new("E6", "51", "15")], to: path, campaign: campaign).bytes)
    try write(DecisionRegister.adding([new("C8", "", "0")], to: path, campaign: campaign).bytes)
    let list = try CorrectionList(path: path)
    #expect(list.corrections.map(\.cell?.description) == ["E6", "C8"])
    #expect(list.corrections.map(\.old) == ["51", ""])
    #expect(list.corrections.map(\.value) == [15, 0])
    #expect(list.corrections.allSatisfy { $0.isApplied && $0.officer == "李晓红" && $0.reason == "电话核实" })
  }

  @Test("A cell that is corrected again has one decision: the last")
  func again() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for figure in ["15", "18"] {
      try write(DecisionRegister.adding([new("E6", "51", figure)], to: path, campaign: campaign).bytes)
    }
    let list = try CorrectionList(path: path)
    #expect(list.corrections.map(\.value) == [18])
    #expect(list.corrections.first?.refusal == nil)
  }

  @Test("What goes together is taken back together; the lines stay, with 否")
  func withdrawn() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(
      DecisionRegister.adding([new("C6", "12", "3"), new("C8", "3", "12")], to: path, campaign: campaign)
        .bytes)
    #expect(try CorrectionList(path: path).corrections.filter(\.isApplied).count == 2)
    let bytes = try DecisionRegister.withdrawing(
      file: "收件/沁阳.xlsx", sheet: "Sheet1", cell: "C8", from: path, campaign: campaign)
    try write(#require(bytes))
    #expect(try CorrectionList(path: path).corrections.isEmpty)
    let nothing = try DecisionRegister.withdrawing(
      file: "收件/沁阳.xlsx", sheet: "Sheet1", cell: "C8", from: path, campaign: campaign)
    #expect(nothing == nil)
    let table = try DecisionTable(path: path, columns: CorrectionList.neededColumns)
    #expect(table.lines.map { $0.text("采纳") } == ["否", "否"])
  }

  @Test("A list that a clerk has made, with columns in another order and more of them, keeps everything")
  func ofAClerk() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let book = Workbook()
    let sheet = try book.addSheet(named: "我的清单")
    let headings = ["备注", "文件", "工作表", "单元格", "原值", "更正值", "采纳", "经办人", "原因"]
    for (column, heading) in headings.enumerated() {
      sheet[CellReference(row: 2, column: column + 1)] = .text(heading)
    }
    for (column, text) in ["王局已看", "收件/温县.xlsx", "Sheet1", "D9", "7", "70", "是", "王芳", "书面更正"].enumerated() {
      sheet[CellReference(row: 3, column: column + 1)] = .text(text)
    }
    try book.save(to: URL(fileURLWithPath: path))
    try write(DecisionRegister.adding([new("E6", "51", "15")], to: path, campaign: campaign).bytes)
    #expect(try CorrectionList(path: path).corrections.map(\.value) == [70, 15])
    let now = try Workbook(contentsOf: URL(fileURLWithPath: path)).sheet(named: "我的清单")
    #expect(now["A3"].text == "王局已看")
    #expect(now["B4"].text == "收件/沁阳.xlsx")
  }
}
