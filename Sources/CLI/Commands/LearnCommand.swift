import ArgumentParser
import Forms
import Foundation

/// `learn FILE… -o DIR`: a campaign from the office's own blank workbooks and notice.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "learn", abstract: "从通知和空白表得到一个活动")

  @Argument(help: ArgumentHelp("blank workbooks and notices", valueName: "文件"))
  var files: [String]

  @Option(name: .shortAndLong, help: "a folder for the campaign, new or empty")
  var output: String

  @Option(help: "last year's campaign")
  var from: String?

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    try OutputGuard.check([output], against: files + (from.map { [$0] } ?? []))
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let base = try from.map { name in
      try LearnBase(
        try Campaign.load(name, workingDirectory: here),
        source: try Campaign.reference(name, workingDirectory: here))
    }
    var learned = try LearnedCampaign(files: files, from: base)
    try learned.holdChecks()
    try learned.write(to: output)
    learned.verify(in: output)
    switch format {
    case .text: Output.show(learned.text(in: global.language, folder: output))
    case .json: Output.write(learned.json(in: global.language).serialised())
    }
  }
}
