import ArgumentParser
import Foundation
import XLSX

/// The program's entry: parses the command line, runs the command, and turns every outcome into the exit codes of the
/// contract and at most one line on stderr.
///
/// argument-parser speaks English only, so help and complaints about the command line are ours
/// (``CommandHelp``, ``CommandLineWording``); it still does all the parsing, the version and the shell completions.
@main
enum Main {
  static func main() {
    Output.openClosedStreams()
    let arguments = Self.arguments
    let language = GlobalOptions.language(in: arguments)
    if let page = ManualPage.requested(by: arguments) {
      Output.write(page.text)
      return
    }
    if let help = CommandHelp.requested(by: arguments) {
      Output.write(help.text(in: language))
      return
    }
    if let word = arguments.first, !word.hasPrefix("-"), !Huizong.commandNames.contains(word) {
      Output.complain(CommandLineWording.unknownCommand(word).text(in: language))
      exit(Failure.usageExitCode)
    }
    UnfinishedFiles.removeOnInterrupt()
    do {
      var command = try Huizong.parseAsRoot(arguments)
      try command.run()
    } catch {
      finish(after: error, language: language)
    }
  }

  /// The command line, with names of any bytes: those of files on a disk need not be UTF-8.
  private static var arguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { DiskPath.text(cString: $0) }
    }
  }

  private static func finish(after error: any Error, language: Language) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    if let failure = Failure(error, language: language) {
      Output.complain(failure.line)
      exit(failure.exitCode)
    }
    // What is left comes from argument-parser: --version and completion scripts are clean exits with text on stdout.
    if Huizong.exitCode(for: error) == .success { Huizong.exit(withError: error) }
    Output.complain(CommandLineWording.line(for: Huizong.message(for: error), language: language))
    exit(Failure.usageExitCode)
  }
}
