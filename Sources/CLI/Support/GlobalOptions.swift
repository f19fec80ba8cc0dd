import ArgumentParser
import Forms
import Foundation
import Web

typealias Language = Forms.Language

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
  @Option(help: "campaign id, folder or file")
  var campaign: String?

  @Option(help: "the date against which deadlines are judged, YYYY-MM-DD", transform: Self.date)
  var asOf: CalendarDate?

  @Option(name: .customLong("lang"), help: "zh or en")
  var language: Language = .chinese

  /// The campaign of this run: the one named, else `活动.yaml` in the working folder, else the built-in one.
  func loadCampaign() throws -> Campaign {
    try Campaign.load(
      campaign, workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
  }

  /// Notes in the ledger of the working folder what a command has done.
  func record(_ entries: @autoclosure () -> [LedgerEntry]) {
    LedgerDesk.record(entries()) { Output.complain($0.text(in: language)) }
  }

  /// The day against which deadlines are judged: `--as-of`, else today where the office is.
  var judgementDay: CalendarDate { asOf ?? .today }

  /// The language that a command line asks for, read before parsing so that complaints about parsing are in it too.
  static func language(in arguments: [String]) -> Language {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument.hasPrefix("--lang=") {
        return Language(rawValue: String(argument.dropFirst(7))) ?? .chinese
      }
      if argument == "--lang", index + 1 < arguments.count {
        return Language(rawValue: arguments[index + 1]) ?? .chinese
      }
    }
    return .chinese
  }

  static func date(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(iso: text) else {
      throw ValidationError(CommandLineWording.badDate(text))
    }
    return date
  }
}

extension Language: ExpressibleByArgument {}

/// How a command prints its results.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
