import Foundation
import XLSX

@testable import Forms

/// A working folder for tests of what goes back: 收件 with forms that are filled in here, and 退回.
struct ReturnInbox {
  let folder: TemporaryFolder
  let campaign: Campaign
  var asOf = CalendarDate(iso: "2024-12-01") ?? .epoch

  init() throws {
    folder = try TemporaryFolder()
    campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/"))
    for name in ["收件", "退回"] {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
  }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  /// A blank 附件2 filled in without a fault: 5 kinds of 14 events and 1,400 people, 2 and 200 of them online.
  func form(unit: String, _ change: (Worksheet) throws -> Void = { _ in }) throws -> Workbook {
    guard let form = campaign.form("附件2"), let reporting = campaign.unit(named: unit) else {
      return Workbook()
    }
    let book = try BlankForm.workbook(for: form, campaign: campaign, unit: reporting)
    let sheet = try book.sheet(named: form.label)
    sheet["B4"] = "2024年11月12日"
    sheet["B16"] = "张静"
    sheet["B17"] = "13839112345"
    for row in stride(from: 6, through: 14, by: 2) {
      for (offset, scale) in [(0, 1.0), (1, 100)] {
        sheet[CellReference(row: row + offset, column: 3)] = .number(2 * scale)
        sheet[CellReference(row: row + offset, column: 4)] = .number(12 * scale)
        sheet[CellReference(row: row + offset, column: 5)] = .number(14 * scale)
      }
    }
    try change(sheet)
    return book
  }

  func put(_ book: Workbook, _ name: String) throws { try put(book.serialized(), name) }

  func put(_ bytes: [UInt8], _ name: String) throws {
    let url = folder.url.appendingPathComponent("收件/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func check() throws -> CheckReport {
    try CheckRun.check(paths: [path("收件")], campaign: campaign, asOf: asOf)
  }

  func returned() throws -> ReturnReport {
    try ReturnRun.run(check(), paths: [path("收件")], campaign: campaign, to: path("退回"))
  }

  /// The names in 退回, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path("退回"))) ?? []).sorted()
  }

  func copy(_ name: String) throws -> Workbook {
    try Workbook(contentsOf: folder.url.appendingPathComponent("退回/\(name)"))
  }

  /// What a unit does: opens the returned file, changes cells, saves it and sends it.
  func correct(
    _ name: String, as sent: String, _ cells: [CellReference: CellValue], sheet: String = "附件2"
  ) throws {
    let edited = try Workbook(contentsOf: folder.url.appendingPathComponent("退回/\(name)"))
    for (cell, value) in cells { try edited.set(value, at: cell, inSheet: sheet) }
    try edited.save(to: folder.url.appendingPathComponent("收件/\(sent)"))
  }
}
