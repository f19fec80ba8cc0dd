import Foundation

/// How far reading is from the least that it can take: inflating the sheet on one core, and a bare scan of its bytes on
/// another.
struct Floor {
  /// Uncompressed size of the largest part, in bytes.
  var size: Int
  /// Seconds, medians.
  var zlib: Double
  var libdeflate: Double
  var scan: Double
  var reading: Double
  /// The same rows from a copy that is not compressed.
  var readingStored: Double

  static func measure(_ program: String, workbook: URL, copy: URL, runs: Int) throws -> Floor {
    let own = CommandLine.arguments[0]
    func arguments(_ source: URL) -> [String] {
      ["--job", Job.readRows.rawValue, "--rows", "0", "--source", source.path, "--target", source.path]
    }
    var steps: [[Double]] = []
    var reading: [Double] = []
    var stored: [Double] = []
    // The first turn warms up and is not counted.
    for turn in 0...runs {
      let step = try Measurement.of(program, [workbook.path, copy.path]).output
        .split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
      guard step.count == 4 else { throw BenchError(description: "floor said nothing") }
      let compressed = try Measurement.of(own, arguments(workbook)).seconds
      let plain = try Measurement.of(own, arguments(copy)).seconds
      if turn == 0 { continue }
      steps.append(step)
      reading.append(compressed)
      stored.append(plain)
    }
    return Floor(
      size: Int(steps[0][3]), zlib: steps.map { $0[0] }.median, libdeflate: steps.map { $0[1] }.median,
      scan: steps.map { $0[2] }.median, reading: reading.median, readingStored: stored.median)
  }

  var lines: [String] {
    func row(_ title: String, _ seconds: Double) -> String {
      title.padding(toLength: 44, withPad: " ", startingAt: 0) + Bench.format(seconds, 3)
    }
    return [
      "", "a sheet of \(Bench.format(Double(size) / 1e6, 1)) MB, seconds",
      row("  inflated through libzip (zlib)", zlib), row("  inflated with libdeflate", libdeflate),
      row("  scanned for its cells, nothing kept", scan), row("read, rows streamed, whole process", reading),
      row("the same from a file that is not compressed", readingStored),
      "  reading to inflating \(Bench.format(reading / libdeflate, 2)), to inflating and scanning in turn "
        + Bench.format(reading / (libdeflate + scan), 2),
    ]
  }
}
