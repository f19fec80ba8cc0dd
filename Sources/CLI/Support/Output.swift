import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Where the program writes: results to stdout, complaints and progress to stderr.
enum Output {
  /// Writes a result to stdout, ending it with a line break.
  static func write(_ text: String) {
    var line = text.hasSuffix("\n") ? text : text + "\n"
    line.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// Writes a text for people to stdout: what files and cells say cannot steer the terminal.
  static func show(_ text: String) {
    write(showsColor ? text.shownKeepingColors : text.shown)
  }

  /// Writes a piece of a result to stdout as it is. Where stdout takes no more, the program ends as for any output that
  /// cannot be written.
  static func write(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      let count = Foundation.write(STDOUT_FILENO, rest.baseAddress, rest.count)
      if count > 0 {
        start += count
      } else if count < 0, errno == EINTR {
        continue
      } else if count < 0, errno == EAGAIN {
        var wait = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else {
        let problem = CommandLineWording.fileProblem(
          "stdout", POSIXError.Code(rawValue: errno) ?? .EIO)
        complain(problem.text(in: GlobalOptions.language(in: Array(CommandLine.arguments.dropFirst()))))
        exit(Failure.unusableExitCode)
      }
    }
  }

  /// Writes the one line of a complaint to stderr.
  static func complain(_ line: String) {
    let oneLine = line.split(whereSeparator: \.isNewline).joined(separator: " ").onOneLine
    writeToError(oneLine + "\n")
  }

  /// Whoever has closed stderr wants to hear nothing.
  static func writeToError(_ text: String) {
    var bytes = ArraySlice(text.utf8.map { $0 })
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Streams that were closed before the program began are opened to nowhere: the next file that is opened would take
  /// their number, and results would go into it.
  static func openClosedStreams() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
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
    // A bar that moves by less than can be seen is not drawn again.
    guard total >= smallestCount, done == total || done * 200 / total != (done - 1) * 200 / total else {
      return
    }
    let width = 30
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let end = done >= total ? "\r\u{1B}[K" : ""
    Output.writeToError("\r\(bar) \(done)/\(total)\(end)")
  }
}
