import Foundation
import Testing

@testable import XLSX

/// What an office's staff can get wrong with files: each gives one clear line, and nothing is written.
@Suite("Inputs and outputs that cannot be used")
struct UnusableInputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(_ arguments: String..., naming word: String) throws {
    let before = folder.files
    let result = try folder.tool.run(arguments)
    #expect(result.exitCode == 2, "\(arguments)")
    #expect(result.output.isEmpty)
    #expect(result.complaintLines.count == 1, "\(result.complaint)")
    #expect(result.complaint.contains(word), "\(result.complaint)")
    #expect(folder.files == before, "nothing may be written")
  }

  @Test("A path that is not there")
  func missingPath() throws {
    try expectRefusal("check", "没有这个文件夹", naming: "没有这个文件夹")
    try expectRefusal("status", "没有这个文件夹", naming: "没有这个文件夹")
    try expectRefusal("merge", "没有这个文件夹", "-o", "汇总.xlsx", naming: "没有这个文件夹")
  }

  @Test("A folder as the output of merge")
  func folderAsOutput() throws {
    try folder.write(Data(), as: "收件/.keep")
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("汇总"), withIntermediateDirectories: true)
    try expectRefusal("merge", "收件", "-o", "汇总", naming: "汇总")
  }

  @Test("merge writes no workbook under a name that says something else")
  func workbookNamedCSV() throws {
    try folder.write(Data(), as: "收件/.keep")
    let before = folder.files
    let result = try folder.tool.run(["merge", "收件", "-o", "汇总.csv"])
    #expect(result.exitCode == 64)
    #expect(result.complaint.contains("“汇总.csv”应以 .xlsx 结尾"))
    #expect(folder.files == before)
  }

  @Test("No output takes the place of a file that is read, whatever way its path goes")
  func outputOverInput() throws {
    let sample = try Data(
      contentsOf: Tool.packageFolder.appendingPathComponent("Examples/收件/附件2-沁阳市.xlsx"))
    try folder.write(sample, as: "收件/沁阳.xlsx")
    try folder.write(sample, as: "去年.xlsx")
    let unit = "收件/沁阳.xlsx"
    try expectRefusal("merge", "收件", "-o", unit, naming: unit)
    try expectRefusal("merge", "收件", "-o", "./收件/../收件/沁阳.xlsx", naming: "写到别的文件夹")
    try expectRefusal("merge", "收件", "-o", "汇总.xlsx", "--report", unit, naming: unit)
    try expectRefusal("merge", "收件", "-o", "去年.xlsx", "--previous", "去年.xlsx", naming: "去年.xlsx")
    try expectRefusal("check", "收件", "--suggest", unit, naming: unit)
    try expectRefusal("check", "收件", "--notes-template", unit, naming: unit)
    try expectRefusal("status", "收件", "-o", unit, naming: unit)
    try expectRefusal("status", "收件", "--letters", "收件", naming: "收件")
    try expectRefusal("convert", unit, "--to", "csv", "-o", unit, naming: unit)
    try expectRefusal("convert", unit, "--to", "json", "-o", unit, naming: unit)
    try expectRefusal("convert", "--raw", unit, "--to", "csv", "-o", unit, naming: unit)
    try expectRefusal("convert", unit, "--to", "xlsx", "-o", "收件/", naming: unit)
    #expect(try Data(contentsOf: folder.url.appendingPathComponent(unit)) == sample)
  }

  @Test("A list of decisions takes the place of no other file, whether it can be read or not")
  func listOverOtherFile() throws {
    try folder.write(Data(), as: "收件/.keep")
    try folder.write(Data("经办人的记录".utf8), as: "更正建议.xlsx")
    try expectRefusal("check", "收件", "--suggest", "更正建议.xlsx", naming: "更正建议.xlsx")
    try expectRefusal("check", "收件", "--notes-template", "更正建议.xlsx", naming: "更正建议.xlsx")
  }

  @Test("Last year's workbook that is not there is called missing")
  func missingPrevious() throws {
    try folder.write(Data(), as: "收件/.keep")
    try expectRefusal("merge", "收件", "-o", "汇总.xlsx", "--previous", "去年.xlsx", naming: "没有这个文件")
  }

  @Test("An output in a folder that does not exist")
  func outputInMissingFolder() throws {
    try folder.write(Data(), as: "收件/.keep")
    try expectRefusal("merge", "收件", "-o", "没有/汇总.xlsx", naming: "没有")
  }

  @Test("A campaign file with an error is refused with its line")
  func brokenCampaign() throws {
    try folder.write(Data("extends: jiaozuo-2024\nyeer: 2024\n".utf8), as: "活动.yaml")
    try expectRefusal("check", ".", naming: "活动.yaml:2")
  }

  @Test("A campaign that is not there")
  func missingCampaign() throws {
    try expectRefusal("check", ".", "--campaign", "没有的活动", naming: "没有的活动")
  }

  @Test("init where a file has the folder's name says so in the office's words")
  func initOverFile() throws {
    try folder.write(Data(), as: "2024五送")
    try expectRefusal("init", "2024五送", naming: "2024五送：无法建立文件夹，请检查路径和权限")
  }

  @Test("dump of a file that is no workbook, is empty, or is cut short")
  func dumpOfOtherFiles() throws {
    try folder.write(Data("%PDF-1.4 …".utf8), as: "扫描.pdf")
    try folder.write(Data(), as: "空.xlsx")
    try folder.write(Data("PK\u{3}\u{4}".utf8), as: "残缺.xlsx")
    for name in ["扫描.pdf", "空.xlsx", "残缺.xlsx"] { try expectRefusal("dump", name, naming: name) }
  }
}

@Suite("Inboxes with files that hold no form")
struct UnreadableFilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("An empty folder is no error of its own: nothing came in, and before the deadline nobody is late")
  func emptyFolder() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("收件"), withIntermediateDirectories: true)
    let result = try folder.tool.run("check", "收件", "--as-of", "2024-06-01", "--format", "json")
    #expect(result.exitCode == 0)
    #expect(result.complaint.isEmpty)
    let after = try folder.tool.run("check", "收件", "--as-of", "2024-12-31", "--format", "json")
    #expect(after.exitCode == 1)
  }

  @Test(
    "A file in the inbox that cannot be read is rejected with a reason, and the run goes on",
    arguments: [
      ("空.xlsx", Data()), ("扫描.pdf", Data("%PDF-1.4 …".utf8)), ("残缺.zip", Data("PK\u{3}\u{4}abc".utf8)),
      ("杂.xlsx", Data("no workbook at all \u{0}\u{1}".utf8)),
    ])
  func unreadableFile(name: String, bytes: Data) throws {
    try folder.write(bytes, as: "收件/\(name)")
    let result = try folder.tool.run("check", "收件", "--as-of", "2024-06-01", "--format", "json")
    #expect(result.exitCode == 1)
    #expect(result.complaint.isEmpty)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let files = try #require(report["files"] as? [[String: Any]])
    #expect(files.count == 1)
    #expect(files.first?["state"] as? String == "rejected")
    #expect((files.first?["reason"] as? String)?.isEmpty == false)
  }

  /// Found by fuzzing: libxml2 tells of damaged encodings on stderr, which is for the program's own one line.
  @Test("A sheet in a damaged encoding is refused without a word on stderr")
  func damagedEncoding() throws {
    let sample = Tool.packageFolder.appendingPathComponent("Examples/收件/附件2-山阳区.xlsx")
    let package = try Package(path: sample.path, limits: .default)
    var zip = ZipWriter()
    for entry in package.archive.entries {
      let isSheet = entry.name == "xl/worksheets/sheet1.xml"
      let damaged = Array("<".utf8) + [UInt8](repeating: 0, count: 200) + Array("<worksheet>".utf8)
      let bytes = isSheet ? damaged : try package.bytes(of: "/" + entry.name)
      zip.add(bytes.withUnsafeBytes { ZipEntry(name: entry.name, deflating: $0, level: 6) })
    }
    try folder.write(Data(zip.bytes()), as: "收件/乱码.xlsx")
    let result = try folder.tool.run("check", "收件", "--as-of", "2024-06-01")
    #expect(result.exitCode == 1)
    #expect(result.complaint.isEmpty, "\(result.complaint)")
    #expect(result.output.contains("乱码.xlsx"))
  }
}
