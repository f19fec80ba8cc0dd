import Foundation

/// One run of a program.
struct Measurement {
  var seconds: Double
  /// Peak resident memory of the process, in bytes.
  var peak: Int
  var output: String

  /// Runs a program to its end.
  static func of(_ path: String, _ arguments: [String]) throws -> Measurement {
    let pipe = Pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe.fileHandleForWriting.fileDescriptor, 1)
    posix_spawn_file_actions_addclose(&actions, pipe.fileHandleForReading.fileDescriptor)
    var argv = ([path] + arguments).map { strdup($0) } + [nil]
    defer { argv.forEach { free($0) } }
    var process = pid_t()
    let began = ContinuousClock.now
    guard posix_spawn(&process, path, &actions, nil, &argv, environ) == 0 else {
      throw CocoaError(.fileReadNoSuchFile)
    }
    try pipe.fileHandleForWriting.close()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process, status == 0 else {
      throw BenchError(description: "\(path) \(arguments.joined(separator: " ")): status \(status)")
    }
    let time = began.duration(to: .now).components
    return Measurement(
      seconds: Double(time.seconds) + Double(time.attoseconds) / 1e18, peak: usage.ru_maxrss * 1024,
      output: String(decoding: output, as: UTF8.self))
  }
}

struct BenchError: Error, CustomStringConvertible {
  var description: String
}

extension [Double] {
  var median: Double {
    let ordered = sorted()
    guard let middle = ordered.dropFirst(count / 2).first else { return .nan }
    return middle
  }
}
