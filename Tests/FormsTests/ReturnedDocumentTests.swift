import DOCX
import Foundation
import Testing
import XLSX

@testable import Forms

/// A unit that sent Word gets its own Word document back, and so does one that sent an OpenDocument spreadsheet.
@Suite struct ReturnedDocumentTests {
  /// 温县's 附件2 as a Word document in which 送文艺's 场次 add up to 14, and 41 is written.
  private static func wordForm(_ inbox: ReturnInbox, total: Double = 41) throws -> [UInt8] {
    try inbox.put(inbox.form(unit: "温县总工会") { $0["E6"] = .number(total) }, "温县附件2.xlsx")
    let report = try inbox.check()
    try FileManager.default.removeItem(atPath: inbox.path("收件/温县附件2.xlsx"))
    return try FormConversion(file: "温县", submissions: report.submissions, campaign: inbox.campaign).word()
  }

  private static func content(_ name: String, of bytes: [UInt8]) throws -> [UInt8]? {
    try ArchiveEditor(bytes, limits: .default).content(of: name)
  }

  private static func text(_ name: String, of bytes: [UInt8]) throws -> String {
    String(decoding: try content(name, of: bytes) ?? [], as: UTF8.self)
  }

  @Test(
    "The document comes back with a coloured cell, a comment on it and a page in front; no other part changes"
  )
  func word() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let sent = try Self.wordForm(inbox)
    try inbox.put(sent, "温县附件2.docx")
    let report = try inbox.returned()
    #expect(report.returned.map(\.kind) == ["copy"] && inbox.names == ["温县附件2（退回修改）.docx"])
    #expect(report.returned.map(\.cells) == [1])
    let copy = Array(try Data(contentsOf: URL(fileURLWithPath: inbox.path("退回/温县附件2（退回修改）.docx"))))
    for part in ["word/styles.xml", "word/settings.xml", "word/fontTable.xml", "docProps/core.xml"] {
      #expect(try Self.content(part, of: copy) == Self.content(part, of: sent), "\(part)")
    }
    let document = try Self.text("word/document.xml", of: copy)
    #expect(document.contains("退回说明") && document.contains("w:fill=\"FFC8CD\""))
    #expect(document.contains("<w:commentReference w:id=\"0\"/>"))
    let comments = try Self.text("word/comments.xml", of: copy)
    #expect(comments.contains("【退回】2024-12-01") && comments.contains("【完】"))
    let reader = WordGridReader()
    var (before, after) = (
      try reader.read(sent, format: .docx, limits: .default),
      try reader.read(copy, format: .docx, limits: .default)
    )
    #expect(before.takeReturnStamp() == nil)
    #expect(after.takeReturnStamp()?.round == 1)
    #expect(after.reads(as: before))
  }

  @Test(
    "Corrected and sent again it is the later version; with another fault it goes back once more, its old marks gone"
  )
  func again() throws {
    var inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(Self.wordForm(inbox), "温县附件2.docx")
    _ = try inbox.returned()
    let name = "温县附件2（退回修改）.docx"
    let copy = Array(try Data(contentsOf: URL(fileURLWithPath: inbox.path("退回/\(name)"))))
    func replaced(_ old: String, _ new: String) throws -> [UInt8] {
      var archive = try ArchiveEditor(copy, limits: .default)
      // Behind the page, which quotes the figure too.
      let parts = try Self.text("word/document.xml", of: copy).components(separatedBy: ReturnPage.closing)
      let body = parts.dropFirst().joined().replacing(">\(old)</w:t>", with: ">\(new)</w:t>")
      archive.set("word/document.xml", Array((parts[0] + ReturnPage.closing + body).utf8))
      return try archive.bytes()
    }
    try inbox.put(replaced("41", "14"), name)
    let corrected = try inbox.check()
    #expect(corrected.submissions.first { !$0.isSuperseded }?.file.hasSuffix(name) == true)
    #expect(corrected.submissions.first { !$0.isSuperseded }?.findings.count(.error) == 0)
    try inbox.put(replaced("41", "15"), name)
    inbox.asOf = CalendarDate(iso: "2024-12-03") ?? .epoch
    let second = try inbox.returned()
    #expect(second.returned.map(\.round) == [2])
    let twice = Array(
      try Data(contentsOf: URL(fileURLWithPath: inbox.path("退回/温县附件2（第2次退回修改）.docx"))))
    let document = try Self.text("word/document.xml", of: twice)
    #expect(document.components(separatedBy: ReturnPage.closing).count == 2)
    #expect(document.components(separatedBy: "<w:commentReference").count - 1 == second.returned.first?.cells)
    let comments = try Self.text("word/comments.xml", of: twice)
    #expect(!comments.contains("【退回】2024-12-01") && comments.contains("【退回】2024-12-03"))
  }

  @Test("Of equal cells that an OpenDocument spreadsheet writes once, the marked one is written apart")
  func repeated() throws {
    let content = """
      <office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:body>\
      <office:spreadsheet><table:table table:name="表"><table:table-row table:number-rows-repeated="3">\
      <table:table-cell table:number-columns-repeated="4"/></table:table-row></table:table></office:spreadsheet>\
      </office:body></office:document-content>
      """
    var package = PackageWriter()
    package.add("/content.xml", type: PartType(rawValue: "text/xml"), text: content)
    var editor = try OpenDocumentEditor(package.bytes(), limits: .default)
    editor.mark(
      .init(
        cell: "B2", color: "FFC8CD",
        comment: OpenDocumentComment(text: "一\n二", author: "市总", date: "2024-12-01")),
      inSheet: "表")
    let text = try Self.text("content.xml", of: editor.bytes())
    let rows = text.components(separatedBy: "<table:table-row").dropFirst()
    #expect(rows.count == 3)
    #expect(rows.filter { $0.contains("office:annotation") }.count == 1)
    #expect(text.contains("<text:p>一</text:p><text:p>二</text:p>"))
    #expect(text.contains("<table:table-cell table:number-columns-repeated=\"2\"></table:table-cell>"))
  }

  @Test("The year-end report among what came in is not counted a second time")
  func ownReport() throws {
    let inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    try inbox.put(inbox.form(unit: "温县总工会"), "温县附件2.xlsx")
    let merged = Consolidation(report: try inbox.check(), campaign: inbox.campaign)
    try inbox.put(merged.wordReport(language: .chinese), "年终报告.docx")
    let report = try inbox.check()
    #expect(report.submissions.count == 1)
    #expect(report.files.first { $0.file.hasSuffix("年终报告.docx") }?.state == .ignored)
  }
}
