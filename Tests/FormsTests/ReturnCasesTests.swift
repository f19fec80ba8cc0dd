import Foundation
import Testing
import XLSX

@testable import Forms

/// What goes back in which shape, under which name, and what does not.
@Suite("What goes back and what does not")
struct ReturnCasesTests {
  private let csv = """
    填报单位：温县总工会,,,,
    填报时间：2024-11-12,,,,
    项目,,线上,线下,合计
    送文艺,场次,2,12,41
    ,参加人数,200,1200,1400
    送电影,场次,2,12,14
    ,参加人数,200,1200,1400
    送书画,场次,2,12,14
    ,参加人数,200,1200,1400
    送讲座,场次,2,12,14
    ,参加人数,200,1200,1400
    送培训,场次,2,12,14
    ,参加人数,200,1200,1400
    填报人：李明,,联系电话：03913999920,,
    """

  @Test("a table of another format comes back as a workbook with the same addresses")
  func rendering() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(Array(csv.utf8), "温县附件2.csv")
    let report = try inbox.returned()
    #expect(report.returned.map(\.kind) == ["rendering"] && inbox.names == ["温县附件2（退回修改）.xlsx"])
    let copy = try inbox.copy("温县附件2（退回修改）.xlsx")
    let sheet = try copy.sheet(at: 1)
    #expect(sheet["E4"] == 41 && sheet["D5"] == 1200 && sheet["A4"].text == "送文艺")
    #expect(sheet.style(at: "E4").fill == .solid(.rgb(0xFFC8CD)) && sheet.comment(at: "E4") != nil)
    // Corrected there, it is the newer version.
    try inbox.correct("温县附件2（退回修改）.xlsx", as: "温县附件2.xlsx", ["E4": 14], sheet: sheet.name)
    let counting = try inbox.check().submissions.filter { !$0.isSuperseded }
    #expect(counting.map(\.file) == [inbox.path("收件/温县附件2.xlsx")])
  }

  @Test(
    "a file that cannot be read is answered with a page that says why, unless another one of the unit can")
  func notice() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(Array("%PDF-1.7 scan".utf8), "温县附件2.pdf")
    try inbox.put([], "沁阳附件2.xlsx")
    try inbox.put(inbox.form(unit: "沁阳市总工会"), "沁阳/附件2.xlsx")
    let report = try inbox.returned()
    #expect(report.returned.map(\.kind) == ["notice"] && inbox.names == ["温县附件2（退回说明）.xlsx"])
    #expect(report.kept.first { $0.file.hasSuffix("收件/沁阳附件2.xlsx") }?.reason.chinese.contains("另有") == true)
    let page = try inbox.copy("温县附件2（退回说明）.xlsx").sheet(at: 0)
    #expect(page["E8"].text?.contains("电子表格") == true && page["A2"].text == "温县总工会")
  }

  @Test("files of one name in several folders and in a zip go back under names that say whose they are")
  func names() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    for (unit, folder) in [("沁阳市总工会", "沁阳"), ("温县总工会", "温县"), ("温县总工会", "温县/又一份")] {
      let isSecond = folder.hasSuffix("又一份")
      let book = try inbox.form(unit: unit) { sheet in
        sheet["E6"] = 41
        if isSecond { sheet["B4"] = "2024年11月13日" }
      }
      try inbox.put(book, "\(folder)/附件2.xlsx")
    }
    let zipped = try inbox.form(unit: "孟州市总工会") { $0["E6"] = 41 }.serialized()
    let other = try inbox.form(unit: "孟州市总工会") { $0["E6"] = 41 }.serialized()
    try inbox.put(
      StoredZip([(Array("附件2.xlsx".utf8), zipped), (Array("a/附件2.xlsx".utf8), other)], isUTF8: true).bytes,
      "报送.zip")
    let report = try inbox.returned()
    #expect(
      inbox.names == [
        "孟州市总工会-附件2（退回修改）.xlsx", "沁阳市总工会-附件2（退回修改）.xlsx", "温县总工会-附件2（退回修改）.xlsx",
      ])
    // Neither the superseded version nor the second copy of the same bytes goes back.
    #expect(report.kept.contains { $0.file.hasSuffix("收件/温县/附件2.xlsx") && $0.state == .superseded })
    #expect(report.kept.contains { $0.state == .ignored && $0.file.contains("报送.zip!/") })
  }

  @Test("two forms in one workbook go back in one copy, and hints are listed but not marked")
  func twoForms() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let book = try inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }
    let campus = try #require(inbox.campaign.form("附件4"))
    let blank = try BlankForm.workbook(
      for: campus, campaign: inbox.campaign, unit: inbox.campaign.unit(named: "沁阳市总工会"))
    let source = try blank.sheet(at: 0)
    let sheet = try book.addSheet(named: "附件4")
    for row in 1...9 {
      for column in 1...5 {
        let cell = CellReference(row: row, column: column)
        sheet[cell] = source[cell]
      }
    }
    for merge in source.mergedRanges { try sheet.merge(merge) }
    for (cell, value): (CellReference, CellValue) in [
      ("B4", "2024年11月12日"), ("B8", "张静"), ("B9", "13839112345"), ("A7", 3), ("B7", 0), ("C7", 12_000),
      ("D7", 0), ("E7", "4篇"),
    ] { sheet[cell] = value }
    try inbox.put(book, "沁阳.xlsx")
    let report = try inbox.returned()
    #expect(report.returned.map(\.forms) == [["附件2", "附件4"]] && inbox.names == ["沁阳（退回修改）.xlsx"])
    let copy = try inbox.copy("沁阳（退回修改）.xlsx")
    #expect(try copy.sheet(named: "附件2").comment(at: "E6") != nil)
    #expect(try copy.sheet(named: "附件4").comment(at: "C7") != nil)
    #expect(try copy.sheet(named: "附件4").comment(at: "E7") == nil)
    let page = try copy.sheet(at: 0)
    let places = (8...20).compactMap { page[CellReference(row: $0, column: 3)].text }
    #expect(places.contains("附件4!E7"))
  }

  @Test(
    "a missing row points at the label before it, light text gets a dark mark, a merged cell its first cell")
  func places() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let book = Workbook()
    let sheet = try book.addSheet(named: "Sheet1")
    for (row, line) in csv.split(separator: "\n").enumerated() {
      for (column, text) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
        // Without 送书画.
        if (7...8).contains(row) { continue }
        sheet[CellReference(row: row + 1, column: column + 1)] =
          Double(text).map { .number($0) } ?? .words(String(text))
      }
    }
    sheet.setStyle(Style(font: Font(color: .white), fill: .solid(.rgb(0x003366))), at: "E4")
    try inbox.put(book, "温县附件2.xlsx")
    let report = try inbox.check()
    let missing = try #require(report.submissions.first?.findings.first { $0.rule == "F05" })
    #expect(missing.field == "送书画")
    _ = try inbox.returned()
    let copy = try inbox.copy("温县附件2（退回修改）.xlsx").sheet(named: "Sheet1")
    #expect(copy.comment(at: "A7")?.text.plainText.contains("送书画") == true)
    #expect(copy.style(at: "E4").fill == .solid(.rgb(0xA61C1D)) && copy.style(at: "E4").font.color == .white)
  }

  @Test("a path named twice and a link that leads nowhere return nothing twice and break nothing")
  func namedTwice() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }, "附件2-沁阳市.xlsx")
    try FileManager.default.createSymbolicLink(
      atPath: inbox.path("收件/温县附件2.xlsx"), withDestinationPath: inbox.path("没有.xlsx"))
    let paths = [inbox.path("收件"), inbox.path("收件")]
    let report = try CheckRun.check(paths: paths, campaign: inbox.campaign, asOf: inbox.asOf)
    let returned = try ReturnRun.run(report, paths: paths, campaign: inbox.campaign, to: inbox.path("退回"))
    #expect(inbox.names.contains("附件2-沁阳市（退回修改）.xlsx"))
    #expect(returned.returned.count { $0.kind == "copy" } == 1)
  }

  @Test("a folder inside what is read is refused; nothing is written")
  func folderInside() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "沁阳市总工会") { $0["E6"] = 41 }, "附件2-沁阳市.xlsx")
    #expect(throws: FormsError.self) {
      try ReturnRun.run(
        inbox.check(), paths: [inbox.path("收件")], campaign: inbox.campaign, to: inbox.path("收件/退回"))
    }
    #expect(!FileManager.default.fileExists(atPath: inbox.path("收件/退回")))
  }

  @Test("every text to units is data, and a blank that nobody fills is refused with file and line")
  func correspondence() throws {
    for text in Correspondence.Text.allCases { #expect(Correspondence.builtin.texts[text] != nil, "\(text)") }
    var own = Correspondence.builtin
    try own.read(YAMLReader.read("resendDays: 5\nmissing: 请补{form}", file: "活动.yaml"))
    #expect(own.resendDays == 5 && own.fill(.missing, ["form": "附件2"]) == "请补附件2")
    #expect(own.texts[.late] == Correspondence.builtin.texts[.late])
    #expect {
      try own.read(YAMLReader.read("resendDays: 5\nmissing: 请补{表}", file: "活动.yaml"))
    } throws: { ($0 as? FormsError)?.line == 2 }
  }
}
