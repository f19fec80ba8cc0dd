import Foundation
import Testing

@Suite("The READMEs")
struct ReadmeTests {
  @Test(
    "Every command in a README runs on the sample submissions", arguments: ["README.md", "README.zh-CN.md"])
  func commandsRun(name: String) throws {
    let text = try String(contentsOf: Tool.packageFolder.appendingPathComponent(name), encoding: .utf8)
    let commands = Self.commands(in: text)
    #expect(commands.count >= 5)
    let folder = try TemporaryFolder()
    var tool = folder.tool
    try Self.copyNotice(to: folder.url)
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      let result = try tool.run(Array(words.dropFirst()))
      // 1 is no failure: the samples hold errors, and the commands say so.
      #expect([0, 1].contains(result.exitCode), "\(command): \(result.complaint)")
      #expect(result.complaint.isEmpty, "\(command)")
      if words[1] == "init" {
        // From here on the reader sits in the working folder, with the mail of the day in 收件.
        tool.folder = tool.folder.appendingPathComponent(words[2])
        try Self.fillInbox(of: tool.folder)
        try Self.copyNotice(to: tool.folder)
      }
    }
  }

  @Test("Every picture in a README is there", arguments: ["README.md", "README.zh-CN.md"])
  func picturesExist(name: String) throws {
    let text = try String(contentsOf: Tool.packageFolder.appendingPathComponent(name), encoding: .utf8)
    let pictures = text.matches(of: /!\[[^\]]*\]\(([^)]+)\)/).map { String($0.output.1) }
    #expect(pictures.count >= 2)
    for picture in pictures {
      #expect(
        FileManager.default.fileExists(atPath: Tool.packageFolder.appendingPathComponent(picture).path),
        "\(picture)")
    }
  }

  /// The lines of ```sh blocks that call the program.
  private static func commands(in text: String) -> [String] {
    var isInside = false
    return text.split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") {
        isInside = line == "```sh"
        return nil
      }
      return isInside && line.hasPrefix("huizong ") ? String(line) : nil
    }
  }

  /// Next year's notice and the blank of a list, for the chapter about next year.
  private static func copyNotice(to folder: URL) throws {
    for name in ["2025年通知.docx", "空白名册.xlsx"] {
      try FileManager.default.copyItem(
        at: Tool.packageFolder.appendingPathComponent("Examples/" + name),
        to: folder.appendingPathComponent(name))
    }
  }

  private static func fillInbox(of folder: URL) throws {
    let samples = Tool.packageFolder.appendingPathComponent("Examples/收件")
    let inbox = folder.appendingPathComponent("收件")
    for name in try FileManager.default.contentsOfDirectory(atPath: samples.path) {
      try FileManager.default.copyItem(
        at: samples.appendingPathComponent(name), to: inbox.appendingPathComponent(name))
    }
  }
}
