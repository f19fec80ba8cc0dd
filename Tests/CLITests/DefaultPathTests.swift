import Foundation
import Testing

/// Without a path a command takes 收件 of the working folder; elsewhere the command line is wrong as before.
@Suite struct DefaultPathTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [["check"], ["status"], ["merge", "-o", "汇总.xlsx"], ["return", "-o", "退回"]])
  func theWorkingFolderHasAnInbox(arguments: [String]) throws {
    #expect(try folder.tool.run(arguments).exitCode == 64)
    try folder.write(Data("附件2\n".utf8), as: "收件/说明.txt")
    let result = try folder.tool.run(arguments + ["--as-of", "2024-12-01"])
    #expect(result.exitCode == 1, "\(result.complaint)")
  }

  @Test func aSheetAsItIsNeedsItsFile() throws {
    try folder.write(Data("a,b\n".utf8), as: "收件/a.csv")
    let result = try folder.tool.run("convert", "--raw", "-o", "出")
    #expect(result.exitCode == 64)
    #expect(result.complaint.contains("缺少"))
  }
}
