import Foundation
import Testing

/// Sending back and chasing from the command line, on the sample submissions.
@Suite("return and status")
struct ReturnTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: Tool.packageFolder.appendingPathComponent("Examples/收件"),
      to: folder.url.appendingPathComponent("收件"))
  }

  @Test("return writes the marked copies, says what it did, and leaves the inbox as it was")
  func returnsCopies() throws {
    let before = try contents("收件")
    let result = try folder.tool.run(
      "return", "收件", "-o", "退回", "--as-of", "2024-12-01", "--due", "2024-12-06", "--format", "json")
    #expect(result.exitCode == 1 && result.complaint.isEmpty)
    #expect(result.output.contains(#""due":"2024-12-06""#))
    #expect(result.output.contains(#""written":"退回/附件2-沁阳市（退回修改）.xlsx","kind":"copy""#))
    #expect(folder.files.contains("退回/财贸工会附件2（盖章扫描件）（退回说明）.xlsx"))
    #expect(try contents("收件") == before)
    let text = try folder.tool.run("return", "收件", "-o", "退回", "--as-of", "2024-12-01")
    #expect(text.output.contains("没有退回的文件") && text.output.contains("被较新的"))
  }

  @Test("the output folder is refused inside what is read: one line, exit 2, nothing written")
  func refusesFolderInside() throws {
    let result = try folder.tool.run("return", ".", "-o", "退回", "--as-of", "2024-12-01")
    #expect(result.exitCode == 2 && result.complaintLines.count == 1 && result.output.isEmpty)
    #expect(!folder.files.contains { $0.hasPrefix("退回/") })
    #expect(try folder.tool.run("return", "收件").exitCode == 64)
  }

  @Test("status writes the list and the letters, and its JSON stays alone on stdout")
  func chases() throws {
    let result = try folder.tool.run(
      "status", "收件", "-o", "催报.xlsx", "--letters", "催报函", "--as-of", "2024-12-01", "--format", "json")
    #expect(result.exitCode == 1 && result.output.hasPrefix("{") && !result.output.contains("已写入"))
    #expect(folder.files.contains("催报.xlsx") && folder.files.contains("催报函/催报-建设工会.txt"))
    // 教育工会 has sent its forms, and none of the documents beside them.
    let letter = try String(
      contentsOf: folder.url.appendingPathComponent("催报函/催报-教育工会.txt"), encoding: .utf8)
    #expect(letter.contains("尚未收到实施方案") && !letter.contains("附件2"))
    let again = try folder.tool.run("status", "收件", "-o", "无此文件夹/催报.xlsx", "--as-of", "2024-12-01")
    #expect(again.exitCode == 2 && again.output.isEmpty)
  }

  private func contents(_ name: String) throws -> [String: Data] {
    var result: [String: Data] = [:]
    for file in folder.files where file.hasPrefix(name + "/") {
      result[file] = try Data(contentsOf: folder.url.appendingPathComponent(file))
    }
    return result
  }
}
