import Foundation
import Testing
import XLSX

@testable import Forms

/// Forms that come by mail: attachments under the names that mailers give them, the day of receipt, who sent it.
@Suite struct MailTests {
  private let inbox: ReturnInbox

  init() throws { inbox = try ReturnInbox() }

  private func message(
    _ attached: [UInt8]?, name: String = "name=\"fj2.xlsx\"", from sender: String = "a@example.com",
    subject: String = "x", date: String = "Tue, 19 Nov 2024 16:03:11 +0800", more: String = "",
    text: String = ""
  ) -> [UInt8] {
    var lines = "\(more)From: \(sender)\r\nTo: b@example.com\r\nSubject: \(subject)\r\nDate: \(date)\r\n"
    lines += "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    lines += "Content-Type: text/html; charset=utf-8\r\n\r\n\(text)\r\n"
    if let attached {
      lines +=
        "--b\r\nContent-Type: application/octet-stream; \(name)\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      lines += Data(attached).base64EncodedString() + "\r\n"
    }
    return Array((lines + "--b--\r\n").utf8)
  }

  private func form(_ unit: String, writtenAs written: String? = nil, on day: String = "2024年11月12日") throws
    -> [UInt8]
  {
    try inbox.form(unit: unit) { sheet in
      if let written { sheet["B3"] = .text(written) }
      sheet["B4"] = .text(day)
    }.serialized()
  }

  @Test(arguments: [
    "name=\"=?gb18030?B?uL28/jIueGxzeA==?=\"", "name=\"=?GBK?Q?=B8=BD=BC=FE2=2Exlsx?=\"",
    // Torn within a character.
    "name=\"=?gb2312?B?uL28?= =?gb2312?B?/jIueGxzeA==?=\"",
    "name*=UTF-8''%E9%99%84%E4%BB%B62.xlsx", "name*0*=gb18030''%B8%BD%BC; name*1*=%FE2; name*2=.xlsx",
    "name=附件2.xlsx", "name=\"C:\\\\报表\\\\附件2.xlsx\"",
  ])
  func namesInEveryEncoding(name: String) throws {
    let form = try form("温县总工会")
    try inbox.put(message(form, name: name), "1.eml")
    let report = try inbox.check()
    #expect(report.submissions.map(\.file) == [inbox.path("收件/1.eml!/附件2.xlsx")])
    #expect(report.files.map(\.state) == [.adopted, .adopted])
    #expect(report.files.map(\.received?.description) == ["2024-11-19", "2024-11-19"])
  }

  @Test func theLastServersDayCountsAndBothDaysAreNamed() throws {
    let more =
      "Received: from a by b; Thu, 21 Nov 2024 23:30:00 +0000\r\nReceived: from c by a; Fri, 1 Nov 2024 10:00:00 +0800\r\n"
    try inbox.put(message(form("温县总工会"), more: more), "1.eml")
    let report = try inbox.check()
    #expect(report.files[0].received?.description == "2024-11-22")
    let late = try #require(report.submissions[0].findings.first { $0.rule == "D01" })
    #expect(late.message.chinese == "逾期2天报送（填报时间2024-11-12，邮件2024-11-22收到，截止2024-11-20）")
    #expect(
      Consolidation(report: report, campaign: inbox.campaign).forms[0].units.first {
        $0.unit.name == "温县总工会"
      }?
      .state == .late)
  }

  @Test func aLater填报时间StillCounts() throws {
    try inbox.put(message(form("温县总工会", on: "2024年11月25日")), "1.eml")
    let late = try #require(inbox.check().submissions[0].findings.first { $0.rule == "D01" })
    #expect(late.message.chinese.hasPrefix("逾期5天报送（填报时间2024-11-25，邮件2024-11-19收到"))
  }

  @Test func theLaterMailCountsWhereNothingElseTells() throws {
    let newer = try inbox.form(unit: "温县总工会") {
      $0["C6"] = 3; $0["E6"] = 15
    }.serialized()
    try inbox.put(message(form("温县总工会"), date: "Tue, 19 Nov 2024 09:00:00 +0800"), "2.eml")
    try inbox.put(message(newer, date: "Tue, 19 Nov 2024 15:00:00 +0800"), "1.eml")
    let report = try inbox.check()
    #expect(report.submissions.map(\.isSuperseded) == [false, true])
    #expect(report.submissions[0].file.hasSuffix("1.eml!/fj2.xlsx"))
  }

  @Test func theSenderHelpsAndNeverSpeaksAgainstTheForm() throws {
    let blank = try inbox.form(unit: "温县总工会") { $0["C3"] = nil }.serialized()
    try inbox.put(message(blank, from: "温县总工会 <w@example.com>"), "1.eml")
    try inbox.put(message(form("博爱县总工会"), subject: "Fw: 沁阳市总工会附件2"), "沁阳市总工会附件2.eml")
    let report = try inbox.check()
    #expect(report.submissions.map(\.unit?.name) == ["温县总工会", "博爱县总工会"])
    #expect(
      report.submissions[0].findings.map(\.message.chinese).contains("“填报单位（盖章）”未填写，已按邮件的主题或发件人认作温县总工会，请补填"))
    #expect(report.submissions[1].findings.allSatisfy { $0.rule != "D07" })
  }

  @Test func anAddressThatTheCampaignKnowsSaysWhoSentIt() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("活动.yaml")
    try Data("extends: jiaozuo-2024\ncontacts: {温县总工会: {mail: Wen@example.com}}\n".utf8).write(to: file)
    let campaign = try Campaign.load(file.path, workingDirectory: folder.url)
    let blank = try inbox.form(unit: "温县总工会") { $0["C3"] = nil }.serialized()
    try inbox.put(message(blank, from: "王 <wen@example.com>"), "1.eml")
    let report = try CheckRun.check(paths: [inbox.path("收件")], campaign: campaign, asOf: inbox.asOf)
    #expect(report.submissions.map { $0.unit?.name } == ["温县总工会"])
  }

  @Test func aSubjectAndASenderThatDisagreeSayNothing() throws {
    let blank = try inbox.form(unit: "温县总工会") { $0["C3"] = nil }.serialized()
    try inbox.put(message(blank, from: "温县总工会 <w@example.com>", subject: "沁阳市总工会附件2"), "1.eml")
    let report = try inbox.check()
    #expect(report.submissions.map(\.unit) == [nil])
    #expect(report.submissions[0].findings.contains { $0.rule == "D06" })
  }

  @Test func aMailboxIsCutAtItsMessagesOnly() throws {
    let body = "<p>x</p>\r\n\r\nFrom here on it is text\r\n\r\n"
    let first = try message(form("温县总工会"), text: body)
    let second = try message(form("沁阳市总工会"), from: "w@example.com")
    let line = Array("From - Tue Nov 19 16:00:00 2024\r\n".utf8)
    try inbox.put(line + first + Array("\r\n".utf8) + line + second, "收件箱")
    let report = try inbox.check()
    #expect(report.files.map(\.format) == [.mbox, .mail, .xlsx, .mail, .xlsx])
    #expect(report.submissions.compactMap(\.unit?.name) == ["温县总工会", "沁阳市总工会"])
  }

  @Test func aTableInTheTextIsReadWhereNothingAttachedHoldsAForm() throws {
    let rows = ["送文艺", "送电影", "送书画", "送讲座", "送培训"].map {
      "<tr><td rowspan=2>\($0)</td><td>场次</td><td>2</td><td>12</td><td>14</td></tr><tr><td>参加人数</td><td>200</td><td>1200</td><td>1400</td></tr>"
    }.joined()
    let table =
      "<p>附件2</p><p>填报单位：温县总工会</p><p>填报时间：2024年11月12日</p><table><tr><td></td><td></td><td>线上</td><td>线下</td><td>合计</td></tr>\(rows)</table>"
    try inbox.put(message(nil, text: table), "1.eml")
    try inbox.put(message(form("沁阳市总工会"), text: table), "2.eml")
    try inbox.put(message(nil, text: "<p>收到，谢谢</p><table><tr><td>签名</td></tr></table>"), "3.eml")
    let report = try inbox.check()
    let folder = inbox.path("收件")
    #expect(report.submissions.map(\.file) == ["\(folder)/1.eml!/正文.html", "\(folder)/2.eml!/fj2.xlsx"])
    #expect(report.files.last?.reason.chinese == "邮件，没有附件")
    #expect(report.files.flatMap(\.findings).isEmpty)
  }

  @Test func aReturnedMessageOfOursIsNoForm() throws {
    let own = try message(form("温县总工会"))
    let lines =
      "From: MAILER-DAEMON@example.com\r\nSubject: failure\r\nDate: Tue, 19 Nov 2024 16:03:11 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
    try inbox.put(Array(lines.utf8) + own + Array("\r\n--r--\r\n".utf8), "退信.eml")
    let report = try inbox.check()
    #expect(report.submissions.isEmpty)
    #expect(report.files.map(\.reason.chinese) == ["退信：我方发出的邮件没有送达，请核对收件地址"])
  }

  @Test func whatCameByMailIsReturnedInItsOwnFile() throws {
    let wrong = try inbox.form(unit: "温县总工会") { $0["E6"] = 99 }.serialized()
    try inbox.put(message(wrong), "1.eml")
    let result = try inbox.returned()
    #expect(result.returned.map(\.kind) == ["copy"])
    #expect(inbox.names == ["温县总工会-fj2（退回修改）.xlsx"])
  }
}

/// What Outlook wraps its texts into.
@Suite struct MailRichTextTests {
  @Test func repeatedTextIsUnpacked() throws {
    // The example of [MS-OXRTFCP] 4.1.1.
    let packed: [UInt8] = [
      0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00,
      0x72, 0x63, 0x70,
      0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62, 0x77,
      0x05, 0xB0, 0x6C,
      0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
    ]
    let text = try #require(CompressedRTF.unpacked(packed[...]))
    #expect(String(decoding: text, as: UTF8.self) == "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
  }

  @Test func thePageInsideRichTextIsHadBack() throws {
    let text =
      "{\\rtf1\\ansi\\fromhtml1 {\\fonttbl{\\f0 \\'cb\\'ce;}}{\\*\\htmltag64 <td>}\\htmlrtf {\\b \\htmlrtf0 \\'cb\\'cd\\u25991?\\u33402? 12\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </td>}{\\*\\mhtmltag64 <x>}}"
    let page = try #require(EncapsulatedHTML.page(of: Array(text.utf8)))
    #expect(String(decoding: page, as: UTF8.self) == "<td>送文艺 12</td>")
    #expect(EncapsulatedHTML.page(of: Array("{\\rtf1 x}".utf8)) == nil)
  }

  @Test(
    "The day of a message whose date is written in another way",
    arguments: [
      ("18 Nov 2024 09:00 +0800", "2024-11-18"), ("Mon, 18 Nov 24 23:30:00 GMT", "2024-11-19"),
      ("2024-11-18 09:00:00", "2024-11-18"), ("2024-11-18T23:30:00 +0000", "2024-11-19"),
      ("2024年11月18日 09:00", "2024-11-18"), ("2024/11/18 09:00", "2024-11-18"),
      ("18-Nov-2024 09:00:00 +0800", "2024-11-18"), ("Mon Nov 18 09:00:00 2024", "2024-11-18"),
      ("Mon Nov 18 23:30:00 GMT 2024", "2024-11-19"), ("99 Nov 2024 09:00", nil), ("2024-13-01 09:00", nil),
      ("Nov", nil), ("", nil), ("--- 1 2 3", nil),
    ] as [(String, String?)])
  func dates(_ text: String, _ day: String?) {
    #expect(MailDate(text)?.day?.description == day)
  }
}
