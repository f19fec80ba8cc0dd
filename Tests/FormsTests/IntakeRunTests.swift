import Foundation
import Testing

@testable import Forms

@Suite("A check run over folders, zips and files")
struct IntakeRunTests {
  /// A folder of its own that goes away with the test.
  private final class Inbox {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID().uuidString)").path(
        percentEncoded: false)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      let url = URL(filePath: path).appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }

    func check(_ paths: [String]? = nil, options: CheckRun.Options = .init()) throws -> CheckReport {
      let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(filePath: "/"))
      let asOf = try #require(CalendarDate(iso: "2024-11-18"))
      return try CheckRun.check(paths: paths ?? [path], campaign: campaign, asOf: asOf, options: options)
    }

    func states(_ report: CheckReport) -> [String: InputFile.State] {
      Dictionary(
        uniqueKeysWithValues: report.files.map {
          ($0.file.replacingOccurrences(of: path + "/", with: ""), $0.state)
        })
    }
  }

  /// 附件4 as a CSV: two lines of headings, one of figures.
  private func campus(_ unit: String, date: String = "2024-11-10", online: Int = 2) -> [UInt8] {
    Array(
      """
      附件4
      填报单位（盖章）：\(unit)
      填报时间：\(date)
      活动场次（场）,,覆盖人数（万人次）,,媒体报道（篇次）
      线上,线下,线上,线下,
      \(online),9,0.5057,0.5613,24
      填报人：杨帆
      联系电话：3914585

      """.utf8)
  }

  @Test("what stands below more cells than are kept is told, and the form above is read")
  func cutSheet() throws {
    let inbox = try Inbox()
    let rest = Array(String(repeating: "登记,1\n", count: 50_000).utf8)
    try inbox.write("沁阳/附件4.csv", campus("沁阳市总工会") + rest)
    try inbox.write("温县/附件4.csv", campus("温县总工会") + rest.dropLast(rest.count / 2))
    let report = try inbox.check()
    #expect(report.submissions.map(\.unit?.name) == ["沁阳市总工会", "温县总工会"])
    #expect(report.submissions.allSatisfy { $0.figure("活动场次/线上") == 2 })
    let told = report.files.flatMap(\.findings).filter { $0.rule == "F09" }
    #expect(told.count == 1 && told.first?.file?.contains("沁阳") == true)
    // 100,000 cells: 17 in the eight lines of the form, two in each line below.
    #expect(told.first?.cell?.row == 50_000)
  }

  @Test("every file is accounted for, in the order of the names")
  func everyFile() throws {
    let inbox = try Inbox()
    try inbox.write("沁阳/附件4.csv", campus("沁阳市总工会"))
    try inbox.write("Thumbs.db", [1])
    try inbox.write("~$附件4.xlsx", [1])
    try inbox.write("__MACOSX/._附件4.csv", [1])
    try inbox.write("空.xlsx", [])
    try inbox.write("材料.rar", Array("Rar!\u{1A}\u{7}".utf8))
    try inbox.write("名单.csv", Array("姓名,电话\n张三,13938112233\n".utf8))
    try inbox.write("盖章.pdf", Array("%PDF-1.4".utf8))
    let report = try inbox.check()
    #expect(
      inbox.states(report) == [
        "沁阳/附件4.csv": .adopted, "Thumbs.db": .ignored, "~$附件4.xlsx": .ignored, "__MACOSX/._附件4.csv": .ignored,
        "空.xlsx": .rejected, "材料.rar": .rejected, "名单.csv": .rejected, "盖章.pdf": .rejected,
      ])
    #expect(report.files.map(\.file) == report.files.map(\.file).sorted())
    #expect(report.submissions.map { $0.unit?.name } == ["沁阳市总工会"])
    #expect(report.submissions.first?.figure("覆盖人数/线上") == Decimal(string: "0.5057"))
    #expect(report.files.allSatisfy { !$0.reason.chinese.isEmpty })
  }

  @Test("a zip in a zip is read, a third is not, and each of their files has a name of its own")
  func nestedArchives() throws {
    let inbox = try Inbox()
    let third = StoredZip([(Array("附件4.csv".utf8), campus("温县总工会"))])
    let second = StoredZip([(Array("b/附件4.csv".utf8), campus("孟州市总工会")), (Array("三.zip".utf8), third.bytes)])
    let first = StoredZip([
      (Array("附件4.csv".utf8), campus("沁阳市总工会")), (Array("二.zip".utf8), second.bytes),
      (Array("../../etc/x.csv".utf8), campus("武陟县总工会")),
    ])
    try inbox.write("一.zip", first.bytes)
    let states = try inbox.states(inbox.check())
    #expect(
      states == [
        "一.zip": .adopted, "一.zip!/附件4.csv": .adopted, "一.zip!/二.zip": .adopted,
        "一.zip!/二.zip!/b/附件4.csv": .adopted, "一.zip!/二.zip!/三.zip": .rejected, "一.zip!/etc/x.csv": .adopted,
      ])
  }

  @Test("the same bytes count once for one unit, but twice where folders name two units")
  func sameBytes() throws {
    let inbox = try Inbox()
    try inbox.write("沁阳附件4.csv", campus("沁阳市总工会"))
    try inbox.write("沁阳附件4 - 副本.csv", campus("沁阳市总工会"))
    try inbox.write("孟州/附件4.csv", campus(""))
    try inbox.write("温县/附件4.csv", campus(""))
    let report = try inbox.check()
    let states = inbox.states(report)
    #expect(states["沁阳附件4.csv"] == .adopted)
    #expect(states["沁阳附件4 - 副本.csv"] == .ignored)
    #expect(states["孟州/附件4.csv"] == .adopted)
    #expect(states["温县/附件4.csv"] == .adopted)
    #expect(report.submissions.count == 3)
  }

  @Test("the result does not depend on how many files are read at the same time")
  func workers() throws {
    let inbox = try Inbox()
    for (index, unit) in ["沁阳市总工会", "孟州市总工会", "温县总工会", "修武县总工会", "武陟县总工会"].enumerated() {
      try inbox.write("\(index).csv", campus(unit, online: index + 1))
    }
    let campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(filePath: "/"))
    var texts: Set<String> = []
    for workers in [1, 2, 7] {
      var options = CheckRun.Options()
      options.workers = workers
      let report = try inbox.check(options: options)
      texts.insert(report.json(campaign: campaign, language: .chinese).serialised())
    }
    #expect(texts.count == 1)
  }

  @Test("the folder in which the office keeps its inbox says nothing about a unit, the named one does")
  func rootFolders() throws {
    let inbox = try Inbox()
    try inbox.write("孟州市总工会/收件/附件4.csv", campus("沁阳市总工会"))
    try inbox.write("孟州市总工会/温县/附件4.csv", campus(""))
    let report = try inbox.check([inbox.path + "/孟州市总工会/收件", inbox.path + "/孟州市总工会/温县/"])
    #expect(!report.allFindings.contains { $0.rule == "D07" })
    #expect(Set(report.submissions.map { $0.unit?.name }) == ["沁阳市总工会", "温县总工会"])
  }

  @Test("links that lead in a circle end, and a file reached twice is read once")
  func links() throws {
    let inbox = try Inbox()
    try inbox.write("a/附件4.csv", campus("沁阳市总工会"))
    try FileManager.default.createSymbolicLink(
      atPath: inbox.path + "/a/loop", withDestinationPath: inbox.path)
    let report = try inbox.check([inbox.path, inbox.path + "/a/附件4.csv"])
    #expect(inbox.states(report) == ["a/附件4.csv": .adopted, "a/loop": .ignored])
  }

  @Test("a file of two names, by a link, is there under both")
  func linkedTwice() throws {
    let inbox = try Inbox()
    try inbox.write("沁阳市/附件4.csv", campus(""))
    try FileManager.default.createDirectory(atPath: inbox.path + "/温县", withIntermediateDirectories: false)
    try FileManager.default.linkItem(
      atPath: inbox.path + "/沁阳市/附件4.csv", toPath: inbox.path + "/温县/附件4.csv")
    try FileManager.default.createSymbolicLink(
      atPath: inbox.path + "/孟州市", withDestinationPath: "沁阳市")
    let report = try inbox.check()
    #expect(Set(inbox.states(report).keys) == ["沁阳市/附件4.csv", "温县/附件4.csv", "孟州市/附件4.csv"])
    #expect(Set(report.submissions.map { $0.unit?.name }) == ["沁阳市总工会", "温县总工会", "孟州市总工会"])
  }

  @Test("what is hidden above the folder that was named hides nothing, nor does a hidden file's own name")
  func hiddenPlaces() throws {
    let inbox = try Inbox()
    try inbox.write(".cache/收件/附件4.csv", campus("沁阳市总工会"))
    try inbox.write(".cache/收件/.git/附件4.csv", campus("温县总工会"))
    try inbox.write(".附件4.csv", campus("孟州市总工会"))
    let report = try inbox.check([inbox.path + "/.cache/收件", inbox.path + "/.附件4.csv"])
    #expect(
      inbox.states(report) == [
        ".cache/收件/附件4.csv": .adopted, ".cache/收件/.git/附件4.csv": .ignored, ".附件4.csv": .adopted,
      ])
  }

  @Test("names in GBK are read as such, and a name can forge no line")
  func diskNames() throws {
    let inbox = try Inbox()
    // 温县附件4.csv
    let name: [UInt8] = [0xCE, 0xC2, 0xCF, 0xD8, 0xB8, 0xBD, 0xBC, 0xFE] + Array("4.csv".utf8)
    let path = Array((inbox.path + "/").utf8) + name + [0]
    let bytes = campus("")
    let descriptor = path.withUnsafeBytes {
      open($0.bindMemory(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o600)
    }
    // Some disks take no such names.
    guard descriptor >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    try inbox.write("a\n武陟县\u{1B}[31m\u{202E}.csv", campus("沁阳市总工会"))
    let report = try inbox.check()
    #expect(
      inbox.states(report) == ["温县附件4.csv": .adopted, "a\u{FFFD}武陟县\u{FFFD}[31m\u{FFFD}.csv": .adopted])
    #expect(Set(report.submissions.map { $0.unit?.name }) == ["沁阳市总工会", "温县总工会"])
  }

  @Test("a path that is not there is an error, and so are too many files")
  func errors() throws {
    let inbox = try Inbox()
    try inbox.write("1.csv", campus("沁阳市总工会"))
    try inbox.write("2.csv", campus("孟州市总工会"))
    let error = #expect(throws: FormsError.self) { try inbox.check([inbox.path + "/nowhere"]) }
    #expect(error?.code == .input)
    var options = CheckRun.Options()
    options.limits.fileCount = 1
    let limit = #expect(throws: FormsError.self) { try inbox.check(options: options) }
    #expect(limit?.code == .limit)
    options.allowsManyFiles = true
    #expect(try inbox.check(options: options).files.count == 2)
    options.limits.fileSize = 10
    #expect(try inbox.check(options: options).files.allSatisfy { $0.state == .rejected })
  }
}
