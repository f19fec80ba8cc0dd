import CAllocations
import Foundation

/// Times the library's jobs, each in a process of its own, and libxlsxwriter's in turn with ours.
///
///     bench --peer FILE --floor FILE [--rows 100000] [--runs 5] [--only JOB] [--file WORKBOOK]
@main
struct Bench {
  static func main() throws {
    var options = Options(CommandLine.arguments.dropFirst())
    if let name = options["job"], let job = Job(rawValue: name) {
      return try runOne(job, &options)
    }
    let rows = Int(options["rows"] ?? "") ?? 100_000
    let runs = Int(options["runs"] ?? "") ?? 5
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xlsx-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("source.xlsx")
    let target = folder.appendingPathComponent("target.xlsx")
    _ = try Job.writeRows.run(rows: rows, source: source, target: source)

    print("\(rows) rows of \(Workload.columns) cells, median of \(runs) runs, whole processes")
    print(line("", "seconds", "Mcells/s", "allocations", "a cell", "peak MB", "file MB"))
    for job in Job.allCases where options["only"].map({ $0 == job.rawValue }) ?? true {
      let peer = job == .writeRows ? options["peer"] : nil
      try compare(job, with: peer, rows: rows, runs: runs, source: source, target: target)
    }
    if let program = options["floor"], options["only"].map({ $0 == "floor" }) ?? true {
      let file = options["file"].map { URL(fileURLWithPath: $0) } ?? source
      let floor = try Floor.measure(
        program, workbook: file, copy: folder.appendingPathComponent("stored.xlsx"), runs: runs)
      floor.lines.forEach { print($0) }
    }
  }

  /// In the child: the job itself, and what it asked of malloc.
  private static func runOne(_ job: Job, _ options: inout Options) throws {
    guard let rows = Int(options["rows"] ?? ""), let source = options["source"],
      let target = options["target"]
    else { throw BenchError(description: "--job needs --rows, --source and --target") }
    let before = allocations_count()
    let cells = try job.run(
      rows: rows, source: URL(fileURLWithPath: source), target: URL(fileURLWithPath: target))
    print("\(cells) \(allocations_count() - before)")
  }

  private static func compare(
    _ job: Job, with peer: String?, rows: Int, runs: Int, source: URL, target: URL
  ) throws {
    let own = CommandLine.arguments[0]
    let arguments = [
      "--job", job.rawValue, "--rows", "\(rows)", "--source", source.path, "--target", target.path,
    ]
    var ours: [Measurement] = []
    var theirs: [Measurement] = []
    var sizes = (ours: 0, theirs: 0)
    // The first turn warms up and is not counted.
    for turn in 0...runs {
      try? FileManager.default.removeItem(at: target)
      let sample = try Measurement.of(own, arguments)
      sizes.ours = size(of: target)
      if turn > 0 { ours.append(sample) }
      guard let peer else { continue }
      try? FileManager.default.removeItem(at: target)
      let other = try Measurement.of(peer, [target.path, "\(rows)"])
      sizes.theirs = size(of: target)
      if turn > 0 { theirs.append(other) }
    }
    let counts = ours.last?.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) } ?? []
    guard counts.count == 2 else { throw BenchError(description: "\(job.rawValue) said nothing") }
    print(row(job.title, ours, cells: counts[0], allocations: counts[1], size: sizes.ours))
    if theirs.isEmpty { return }
    print(
      row("libxlsxwriter, constant memory", theirs, cells: counts[0], allocations: nil, size: sizes.theirs))
    let ratio = zip(ours, theirs).map { $0.seconds / $1.seconds }.median
    let larger = (Double(sizes.ours) / Double(sizes.theirs) - 1) * 100
    print(
      "  ratio to libxlsxwriter \(format(ratio, 2)), output \(format(larger, 1)) % \(larger > 0 ? "larger" : "(smaller)")"
    )
  }

  private static func size(of file: URL) -> Int {
    (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
  }

  private static func row(_ title: String, _ samples: [Measurement], cells: Int, allocations: Int?, size: Int)
    -> String
  {
    let seconds = samples.map(\.seconds).median
    return line(
      title, format(seconds, 3), format(Double(cells) / seconds / 1e6, 2),
      allocations.map(String.init) ?? "–",
      allocations.map { format(Double($0) / Double(cells), 3) } ?? "–",
      format(Double(samples.map(\.peak).max() ?? 0) / 1e6, 1), size == 0 ? "–" : format(Double(size) / 1e6, 2)
    )
  }

  private static func line(_ columns: String...) -> String {
    columns.enumerated().map { place, text in
      let room = String(repeating: " ", count: max(1, (place == 0 ? 34 : 13) - text.count))
      return place == 0 ? text + room : room + text
    }.joined()
  }

  static func format(_ number: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }
}

/// `--name value` pairs.
struct Options {
  private var values: [String: String] = [:]

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let name = rest.popFirst(), name.hasPrefix("--") {
      values[String(name.dropFirst(2))] = rest.popFirst()
    }
  }

  subscript(name: String) -> String? { values[name] }
}
