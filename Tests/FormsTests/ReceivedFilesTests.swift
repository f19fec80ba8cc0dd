import Foundation
import Testing
import XLSX

@testable import Forms

/// What comes in beside the forms is named for what it is, kept, and nobody is asked for it again.
@Suite struct ReceivedFilesTests {
  private let inbox: ReturnInbox

  init() throws { inbox = try ReturnInbox() }

  private func zip(_ parts: (String, String)...) -> [UInt8] {
    StoredZip(parts.map { (Array($0.0.utf8), Array($0.1.utf8)) }).bytes
  }

  private func word(_ paragraphs: String...) -> [UInt8] {
    let body = paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
    return zip(
      ("[Content_Types].xml", "<Types>wordprocessingml.document.main+xml</Types>"),
      ("word/document.xml", "<w:document xmlns:w=\"w\"><w:body>\(body)</w:body></w:document>"))
  }

  @Test func aSummaryIsReceivedAndItsUnitStillOwesTheForm() throws {
    try inbox.put(word("温县总工会文化活动总结", "共开展78场，9450人次参加。"), "温县总工会活动总结.docx")
    let report = try inbox.check()
    #expect(report.files.map(\.state) == [.ignored])
    #expect(report.files[0].reason.chinese == "收到温县总工会的文字材料，不是报表")
    #expect(report.files[0].findings.isEmpty)
    #expect(
      report.findings.contains { $0.rule == "D02" && $0.unit == "温县总工会" && $0.form == "culture-outreach" })
    let line = try #require(
      Consolidation(report: report, campaign: inbox.campaign).forms[0].units.first { $0.unit.name == "温县总工会" }
    )
    #expect(line.state == .missing)
    _ = try inbox.returned()
    #expect(inbox.names.isEmpty)
  }

  @Test func sentencesInPlaceOfTheTableAreAFormThatFailed() throws {
    try inbox.put(word("附件2", "送文艺：线上4场900人。"), "温县.docx")
    try inbox.put(word("送文艺：线上4场900人。"), "附件2-温县.docx")
    let report = try inbox.check()
    #expect(report.files.map(\.state) == [.rejected, .rejected])
    #expect(report.files.allSatisfy { $0.findings.map(\.rule) == ["F03"] })
  }

  @Test(arguments: [
    (["OFD.xml", "Doc_0/Document.xml"], FileFormat.ofd, "OFD"),
    (["Index/Document.iwa", "Index/Tables/DataList.iwa"], .numbers, "Numbers"),
    (["Index/Document.iwa", "preview.jpg"], .pages, "Pages"),
    (["[Content_Types].xml", "ppt/presentation.xml"], .pptx, "幻灯片"),
    (["[Content_Types].xml", "3D/3dmodel.model"], .package, "文件包"),
    (["META-INF/MANIFEST.MF", "a.class"], .program, "程序"),
  ])
  func aPackageIsNamedAndNeverUnpacked(parts: [String], format: FileFormat, word: String) throws {
    try inbox.put(StoredZip(parts.map { (Array($0.utf8), Array("x".utf8)) }).bytes, "温县附件2.zip")
    let report = try inbox.check()
    #expect(report.files.map(\.format) == [format])
    let said = report.files[0].reason.chinese + report.files[0].findings.map(\.message.chinese).joined()
    #expect(said.contains(word) || said.contains("温县"))
    #expect(report.text(campaign: inbox.campaign, language: .chinese).contains("密码") == false)
  }

  @Test func onlyAnEncryptedFileHasAPasswordToRemove() throws {
    try inbox.put([], "沁阳附件2.xlsx")
    try inbox.put(Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 100), "温县附件2.xlsx")
    let report = try inbox.check()
    let messages = report.files.flatMap(\.findings).map(\.message)
    #expect(messages.count == 2)
    #expect(messages.allSatisfy { !$0.chinese.contains("密码") && !$0.english.contains("password") })
    #expect(messages[0].chinese.hasSuffix("请确认能正常打开，重新保存后报送"))
  }

  @Test func tenPhotosOfNobodyAreOneFinding() throws {
    for number in 0..<10 {
      try inbox.put(
        [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: UInt8(number), count: 50), "IMG_\(number).jpg")
    }
    let report = try inbox.check()
    #expect(report.files.count == 10)
    #expect(report.files.allSatisfy { $0.state == .rejected })
    let findings = report.files.flatMap(\.findings)
    #expect(findings.count == 1)
    #expect(findings.first?.message.chinese.contains("10个文件（“IMG_0.jpg”等）是图片") == true)
    _ = try inbox.returned()
    #expect(inbox.names.count <= 1)
  }
}
