import ArgumentParser
import Forms
import Foundation

/// The submissions that a command reads: paths, and whether very many files are meant.
struct Inbox: ParsableArguments {
  @Argument(help: ArgumentHelp("files, folders and zips", valueName: "路径"), completion: .file())
  var named: [String] = []

  /// What is read: the paths that were named, else 收件 of the working folder.
  var paths: [String] { named.isEmpty ? [WorkingFolder.inbox] : named }

  @Flag(name: .customLong("yes"), help: "read more than 10,000 files")
  var allowsManyFiles = false

  @Flag(name: .customLong("password"), help: "ask for the password of encrypted files")
  var asksForPassword = false

  @Option(name: .customLong("passwords"), help: "a file of passwords, one a line")
  var passwordFile: String?

  /// What may come in, and what opens it.
  func limits() throws -> IntakeLimits {
    var limits = IntakeLimits.default
    if asksForPassword { limits.passwords.append(try PasswordPrompt.answer.get()) }
    if let passwordFile { limits.passwords += try PasswordList.load(path: passwordFile) }
    return limits
  }

  mutating func validate() throws {
    guard named.isEmpty else { return }
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: WorkingFolder.inbox, isDirectory: &isFolder)
    guard isThere, isFolder.boolValue else {
      throw ValidationError(CommandLineWording.missing("<路径> ..."))
    }
  }

  /// Reads and judges everything, with a progress bar for people who wait.
  func check(
    campaign: Campaign, asOf: CalendarDate, previous: PreviousFigures? = nil,
    explanations: ExplanationList? = nil,
    corrections: CorrectionList? = nil, takesCheckedLines: Bool = true
  ) throws -> CheckReport {
    var options = try options()
    options.takesCheckedLines = takesCheckedLines
    options.explanations = explanations
    options.corrections = corrections
    options.previous = previous
    return try CheckRun.check(paths: paths, campaign: campaign, asOf: asOf, options: options)
  }

  /// How files are read: with a progress bar for people who wait.
  func options() throws -> CheckRun.Options {
    var options = CheckRun.Options()
    options.allowsManyFiles = allowsManyFiles
    options.limits = try limits()
    if Output.errorIsTerminal {
      options.progress = { done, total in ProgressBar.show(done: done, of: total) }
    }
    return options
  }
}
