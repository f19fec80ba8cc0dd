import Foundation
import Testing

@Suite("The command line itself")
struct CommandLineTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("--version prints one line and ends with 0")
  func version() throws {
    let result = try folder.tool.run("--version")
    #expect(result.exitCode == 0)
    #expect(result.output.hasPrefix("huizong "))
    #expect(result.complaint.isEmpty)
  }

  @Test("Without a command, the overview lists the commands in Chinese, with --lang en in English")
  func overview() throws {
    #expect(try folder.tool.run().output.contains("命令"))
    let english = try folder.tool.run("--lang", "en", "--help")
    #expect(english.exitCode == 0)
    #expect(english.output.contains("Commands"))
  }

  @Test(
    "A wrong command line ends with 64 and one Chinese line on stderr that names the wrong word",
    arguments: [
      (["check", "--unknown", "."], "--unknown"),
      (["check", "--as-of", "明天", "."], "明天"),
      (["check"], "路径"),
      (["没有的命令"], "没有的命令"),
      (["check", "--format", "xml", "."], "xml"),
      (["template"], "“--output”"),
      (["merge", "收件", "-o"], "“-o”"),
      (["convert", "--raw", "表.xlsx", "--to", "json"], "“--to=json”"),
    ])
  func wrongCommandLine(arguments: [String], word: String) throws {
    let result = try folder.tool.run(arguments)
    #expect(result.exitCode == 64)
    #expect(result.output.isEmpty)
    #expect(result.complaintLines.count == 1)
    #expect(result.complaint.contains("命令行有误"))
    #expect(result.complaint.contains(word))
  }

  @Test("With --lang en the complaint is in English")
  func englishComplaint() throws {
    let result = try folder.tool.run("check", "--unknown", ".", "--lang", "en")
    #expect(result.exitCode == 64)
    #expect(result.complaint.contains("Unknown option '--unknown'"))
  }

  @Test("Shell completions are printed for bash, zsh and fish", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let result = try folder.tool.run("--generate-completion-script", shell)
    #expect(result.exitCode == 0)
    #expect(result.output.contains("huizong"))
  }
}
