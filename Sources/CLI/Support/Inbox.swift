import ArgumentParser
import Forms

/// The submissions that a command reads: paths, and whether very many files are meant.
struct Inbox: ParsableArguments {
  @Argument(help: ArgumentHelp("files, folders and zips", valueName: "路径"), completion: .file())
  var paths: [String]

  @Flag(name: .customLong("yes"), help: "read more than 10,000 files")
  var allowsManyFiles = false

  /// Reads and judges everything, with a progress bar for people who wait.
  func check(
    campaign: Campaign, asOf: CalendarDate, previous: PreviousFigures? = nil,
    explanations: ExplanationList? = nil,
    corrections: CorrectionList? = nil
  ) throws -> CheckReport {
    var options = CheckRun.Options()
    options.explanations = explanations
    options.corrections = corrections
    options.allowsManyFiles = allowsManyFiles
    options.previous = previous
    if Output.errorIsTerminal {
      options.progress = { done, total in ProgressBar.show(done: done, of: total) }
    }
    return try CheckRun.check(paths: paths, campaign: campaign, asOf: asOf, options: options)
  }
}
