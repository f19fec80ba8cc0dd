import Foundation
import Testing
import XLSX

@testable import Forms

/// Units that work with LibreOffice or WPS on Linux send .odt: read as Word documents are, and returned in the same file.
@Suite struct OpenDocumentTextTests {
  private static let start =
    "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:fo=\"f\">"

  private static func document(_ body: String, styles: String = "") -> [UInt8] {
    let content =
      start + "<office:automatic-styles>\(styles)</office:automatic-styles><office:body><office:text>"
      + "<text:sequence-decls/>\(body)</office:text></office:body></office:document-content>"
    let zip = StoredZip([
      (Array("mimetype".utf8), Array("application/vnd.oasis.opendocument.text".utf8)),
      (Array("content.xml".utf8), Array(content.utf8)),
      (Array("settings.xml".utf8), Array("<settings/>".utf8)),
    ])
    return zip.bytes
  }

  private static func grid(_ body: String, styles: String = "") throws -> Grid {
    let bytes = document(body, styles: styles)
    #expect(FileSniffer.format(of: bytes) == .odt)
    return try #require(
      OpenDocumentTextReader().read(bytes, format: .odt, limits: .default).grids.first)
  }

  private static func paragraph(_ text: String) -> String { "<text:p>\(text)</text:p>" }

  private static func table(_ rows: [[String]]) -> String {
    let body = rows.map { row in
      let cells = row.map { "<table:table-cell>\(paragraph($0))</table:table-cell>" }.joined()
      return "<table:table-row>\(cells)</table:table-row>"
    }
    return "<table:table table:name=\"T\">\(body.joined())</table:table>"
  }

  /// 温县's 附件2, in which 送文艺's 场次 add up to 14.
  private static func form(total: String) -> String {
    var rows = [["项目", "", "线上", "线下", "合计"]]
    for name in ["送文艺", "送电影", "送书画", "送讲座", "送培训"] {
      rows.append([name, "场次", "2", "12", name == "送文艺" ? total : "14"])
      rows.append(["", "参加人数", "200", "1200", "1400"])
    }
    return paragraph("附件2") + paragraph("填报单位（盖章）：温县总工会")
      + paragraph("填报时间：2024年11月12日") + table(rows)
      + paragraph("填报人：张静") + paragraph("联系电话：13839112345")
  }

  @Test("Spans, spaces, tabulators, repeated cells; struck and hidden text is marked")
  func reading() throws {
    let styles =
      "<style:style style:name=\"S\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>"
      + "<style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>"
    let grid = try Self.grid(
      "<text:p>填报单位：温县<text:tab/>时间：\n  11月</text:p>"
        + "<table:table><table:table-row><table:table-cell table:number-columns-spanned=\"2\">\(Self.paragraph("项目"))</table:table-cell>"
        + "<table:covered-table-cell/><table:table-cell><text:list><text:list-item>\(Self.paragraph("合计"))</text:list-item></text:list></table:table-cell></table:table-row>"
        + "<table:table-row><table:table-cell table:number-rows-spanned=\"2\">\(Self.paragraph("送文艺"))</table:table-cell>"
        + "<table:table-cell table:number-columns-repeated=\"2\"><text:p><text:span text:style-name=\"S\">12</text:span>15<office:annotation><text:p>注</text:p></office:annotation></text:p></table:table-cell></table:table-row>"
        + "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>7<text:span text:style-name=\"H\">9</text:span></text:p></table:table-cell></table:table-row></table:table>",
      styles: styles)
    #expect(grid.cells["A1"]?.value == .text("填报单位：温县"))
    #expect(grid.cells["B1"]?.value == .text("时间： 11月"))
    #expect(Set(grid.merges) == ["A2:B2", "A3:A4"])
    #expect(grid.cells["C2"]?.value == .text("合计"))
    for cell in ["B3", "C3"] as [CellReference] {
      #expect(grid.cells[cell]?.shown == .number(15) && grid.cells[cell]?.appearance != nil)
    }
    #expect(grid.cells["B4"]?.shown == .number(7))
  }

  @Test("A column of a hair's width, which a program put in where borders differ, is no column")
  func hair() throws {
    let styles = [("W", "2cm"), ("H", "0.01mm")].map { name, width in
      "<style:style style:name=\"\(name)\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"\(width)\"/></style:style>"
    }.joined()
    let columns = ["W", "H", "W"].map { "<table:table-column table:style-name=\"\($0)\"/>" }.joined()
    func cell(_ text: String, over count: Int = 1) -> String {
      "<table:table-cell table:number-columns-spanned=\"\(count)\">\(Self.paragraph(text))</table:table-cell>"
    }
    // The heading of the second column begins left of the hair, its figure right of it.
    let body =
      "<table:table>\(columns)<table:table-row>\(cell("线上"))\(cell("线下", over: 2))</table:table-row>"
      + "<table:table-row>\(cell("5", over: 2))\(cell("8"))</table:table-row></table:table>"
    let grid = try Self.grid(body, styles: styles)
    #expect(grid.merges.isEmpty)
    #expect(grid.cells["A2"]?.value == .number(5) && grid.cells["B2"]?.value == .number(8))
    #expect(grid.cells["B1"]?.value == .text("线下"))
  }

  @Test("Returned in its own file, corrected in place, and returned again without the old marks")
  func returned() throws {
    var inbox = try ReturnInbox()
    defer { inbox.folder.remove() }
    let sent = Self.document(Self.form(total: "41"))
    try inbox.put(sent, "温县附件2.odt")
    let report = try inbox.returned()
    let name = "温县附件2（退回修改）.odt"
    #expect(report.returned.map(\.kind) == ["copy"] && inbox.names == [name])
    let copy = Array(try Data(contentsOf: URL(fileURLWithPath: inbox.path("退回/\(name)"))))
    var archive = try ArchiveEditor(copy, limits: .default)
    #expect(try archive.content(of: "settings.xml") == Array("<settings/>".utf8))
    let content = String(decoding: try archive.content(of: "content.xml") ?? [], as: UTF8.self)
    #expect(content.contains("fo:background-color=\"#ffc8cd\"") && content.contains("【退回】2024-12-01"))
    let end = try #require(content.firstRange(of: ReturnPage.closing)).upperBound
    // What stands behind the page is what came in but for the mark.
    #expect(content[end...].components(separatedBy: "<office:annotation>").count == 2)
    func send(_ total: String) throws {
      let body = content[end...].replacing("</office:annotation>41<", with: "</office:annotation>\(total)<")
      archive.set("content.xml", Array((content[..<end] + body).utf8))
      try inbox.put(archive.bytes(), name)
    }
    try send("14")
    let latest = try inbox.check().submissions.first { !$0.isSuperseded }
    #expect(latest?.file.hasSuffix(name) == true && latest?.findings.count(.error) == 0)
    try send("15")
    inbox.asOf = CalendarDate(iso: "2024-12-03") ?? .epoch
    #expect(try inbox.returned().returned.map(\.round) == [2])
    let twice = Array(
      try Data(contentsOf: URL(fileURLWithPath: inbox.path("退回/温县附件2（第2次退回修改）.odt"))))
    let second = String(
      decoding: try ArchiveEditor(twice, limits: .default).content(of: "content.xml") ?? [], as: UTF8.self)
    #expect(second.components(separatedBy: ReturnPage.closing).count == 2)
    #expect(!second.contains("【退回】2024-12-01") && second.contains("【退回】2024-12-03"))
  }
}
