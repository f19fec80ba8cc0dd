import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Where the program writes: results to stdout, complaints and progress to stderr.
enum Output {
  /// Writes a result to stdout, ending it with a line break.
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Writes the one line of a complaint to stderr.
  static func complain(_ line: String) {
    let oneLine = line.split(whereSeparator: \.isNewline).joined(separator: " ")
    FileHandle.standardError.write(Data((oneLine + "\n").utf8))
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// Whether stdout shows colours: a terminal, and nobody asked for none (https://no-color.org).
  static var showsColor: Bool { isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil }
}

/// A progress bar on stderr, for a terminal, and only for runs long enough to wait for.
enum ProgressBar {
  /// The fewest files for which a bar is shown.
  static let smallestCount = 21

  static func show(done: Int, of total: Int) {
    guard total >= smallestCount else { return }
    let width = 30
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let end = done >= total ? "\r\u{1B}[K" : ""
    FileHandle.standardError.write(Data("\r\(bar) \(done)/\(total)\(end)".utf8))
  }
}
