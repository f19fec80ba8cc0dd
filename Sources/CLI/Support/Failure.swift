import ArgumentParser
import Forms
import Foundation
import XLSX

/// An error as a person sees it: one line, and the exit code of the contract.
struct Failure {
  /// An input named on the command line cannot be used at all, or the output cannot be written.
  static let unusableExitCode: Int32 = 2
  /// The command line itself is wrong (`EX_USAGE` of sysexits.h).
  static let usageExitCode: Int32 = 64

  var line: String
  var exitCode = Self.unusableExitCode

  /// `nil` for errors of the argument parser, which have their own wording.
  init?(_ error: any Error, language: Language) {
    switch error {
    case let error as FormsError:
      line = error.text(in: language)
    case let error as XLSXError:
      line = WorkbookErrorWording.line(for: error, language: language)
    case let error as CocoaError:
      line = CommandLineWording.fileProblem(error.filePath, error.code).text(in: language)
    case let error as POSIXError:
      line = CommandLineWording.fileProblem(nil, error.code).text(in: language)
    default:
      // What comes from the argument parser ends with its own codes: success for --version, or wrong usage.
      guard Huizong.exitCode(for: error) == .failure else { return nil }
      line = CommandLineWording.unexpected(error).text(in: language)
    }
  }

  /// The findings hold an error: the work was done, and the exit code says so.
  static let findings = ExitCode(1)
}
