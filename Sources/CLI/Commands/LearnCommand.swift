import ArgumentParser
import Forms
import Foundation

/// `learn FILE… -o DIR`: a campaign from the office's own blank workbooks and notice.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "learn", abstract: "从通知和空白表得到一个活动")

  @Argument(help: ArgumentHelp("blank workbooks and notices", valueName: "文件"))
  var files: [String]

  @Option(name: .shortAndLong, help: "a folder for the campaign, new or empty")
  var output: String?

  @Option(help: "answers to what was asked, a file")
  var answers: String?

  @Option(help: "one answer, ID=TEXT")
  var answer: [String] = []

  @Option(help: "a file for the questions, to be filled in")
  var questions: String?

  @Option(help: "last year's campaign")
  var from: String?

  @Option(help: "text or json")
  var format: ResultFormat = .text

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if output == nil, questions == nil {
      throw ValidationError(CommandLineWording.missing("-o/--questions"))
    }
  }

  mutating func run() throws {
    let inputs = files + [from, answers].compactMap(\.self)
    try OutputGuard.check([output, questions], against: inputs)
    if let output, let questions, OutputPlace.lies(questions, in: output) {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "问题不能写进活动的文件夹，请写到别处",
          en: "the questions cannot be written into the campaign's folder; choose another place"
        ), file: questions)
    }
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let base = try from.map { name in
      try LearnBase(
        try Campaign.load(name, workingDirectory: here),
        source: try Campaign.reference(name, workingDirectory: here))
    }
    var learned = try LearnedCampaign(files: files, from: base, answers: try readAnswers())
    try learned.holdChecks()
    let batch = OutputBatch()
    if let output {
      try learned.verify(for: output)
      try learned.write(to: output, in: batch)
    }
    if let questions { try batch.write(learned.questionSheet(in: global.language), to: questions) }
    try batch.commit()
    switch format {
    case .text: Output.show(learned.text(in: global.language, folder: output, questions: questions))
    case .json: Output.write(learned.json(in: global.language).serialised())
    }
  }

  /// The answers of the file, and those of the command line, which come first.
  private func readAnswers() throws -> LearnReplies {
    var result = try answers.map { try LearnReplies(contentsOf: $0) } ?? LearnReplies()
    for text in answer {
      guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
        throw FormsError(
          .input,
          LocalizedText(
            zh: "--answer 应写成 问题=回答，如 deadlines/附件2=2025-11-20",
            en: "--answer takes ID=ANSWER, such as deadlines/附件2=2025-11-20"), file: text)
      }
      result.set(String(text[..<sign]), to: [String(text[text.index(after: sign)...])])
    }
    return result
  }
}
