import Dispatch
import Foundation

/// Reads and judges everything that came in.
///
///     let report = try CheckRun.check(paths: ["收件"], campaign: campaign, asOf: today)
public enum CheckRun {
  /// How a run is done.
  public struct Options: Sendable {
    public var limits = IntakeLimits.default
    /// Whether more files than ``IntakeLimits/fileCount`` may be read (`--yes`).
    public var allowsManyFiles = false
    /// Last year's figures, for Y01–Y03.
    public var previous: PreviousFigures?
    /// Figures that count instead of reported ones.
    public var corrections: CorrectionList?
    /// 说明 that release warnings.
    public var explanations: ExplanationList?
    /// Whether files of lines that `check --format jsonl` wrote stand for what they are about.
    public var takesCheckedLines = false
    /// How many files are read at the same time; `nil` takes every core.
    public var workers: Int?
    /// Called before the first file and after each that is done, with how many are done and how many there are; one call at
    /// a time, on any thread.
    public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
    /// Called after each file inside an archive or a mailbox, on any thread, several at a time.
    public var progressInside: (@Sendable () -> Void)?
    /// Asked before each file, and before each one inside an archive or a mailbox, whether to stop; on any thread, several
    /// at a time. Once it says so nothing more is read, and the run ends with a `CancellationError`.
    public var isStopped: (@Sendable () -> Bool)?

    public init() {}
  }

  /// Reads every file, finds the forms, judges them one by one and together.
  ///
  /// Files are read in parallel; at most one file per worker is in memory. The result does not depend on the number of
  /// workers.
  ///
  /// - Parameter asOf: The day that counts as today.
  /// - Throws: ``FormsError`` for a path that is not there and for more files than allowed; `CancellationError` where
  ///   ``Options/isStopped`` says so. Whatever is wrong with a file's content is in the report.
  public static func check(
    paths: [String], campaign: Campaign, asOf: CalendarDate, options: Options = .init()
  ) throws -> CheckReport {
    try check(paths: paths, campaign: campaign, asOf: asOf, options: options, memory: nil)
  }

  /// The same, where files that have not changed since the last time are not read again.
  package static func check(
    paths: [String], campaign: Campaign, asOf: CalendarDate, options: Options = .init(),
    memory: OutcomeMemory?
  ) throws -> CheckReport {
    var walker = InboxWalker(limits: options.limits, allowsManyFiles: options.allowsManyFiles)
    var files = try walker.list(paths)
    var roots = Set(paths.map { InboxWalker.root(of: $0) })
    var checked = CheckedLineReader(campaign: campaign)
    if options.takesCheckedLines {
      let lines = files.filter { $0.obstacle == nil && CheckedLineReader.isLines($0.path) }
      if !lines.isEmpty {
        for file in lines { try checked.read(file.path, shown: file.shown) }
        files.removeAll { lines.contains($0) }
        // Where the lines lie says nothing about the files that they are about.
        roots = files.isEmpty ? checked.roots : roots.union(checked.roots)
      }
    }
    let engine = engine(campaign, asOf: asOf, roots: roots, options)
    let stop = StopLatch(options.isStopped)
    let reader = IntakeReader(
      engine: engine, limits: options.limits.holding(campaign), stop: stop, progress: options.progressInside)
    func read(_ files: [InboxFile]) -> [[FileOutcome]] { inParallel(files, options: options, reader) }
    let key = OutcomeMemory.Key(
      campaign: campaign.fingerprint, asOf: asOf, roots: roots, previous: options.previous,
      limits: options.limits)
    var outcomes =
      try memory?.outcomes(of: files, for: key, read: read, judge: { judged($0, by: engine) })
      ?? all(read(files), of: files.count).flatMap(\.self)
    outcomes += judged(try checked.outcomes(), by: engine)
    FreedMemory.giveBack(after: files.count)
    return conclude(&outcomes, engine: engine, options: options)
  }

  private static func all(_ outcomes: [[FileOutcome]], of count: Int) throws(CancellationError)
    -> [[FileOutcome]]
  {
    guard outcomes.count == count else { throw CancellationError() }
    return outcomes
  }

  private static func engine(
    _ campaign: Campaign, asOf: CalendarDate, roots: Set<String>, _ options: Options
  ) -> RuleEngine {
    RuleEngine(
      campaign: campaign, asOf: asOf, previous: options.previous,
      register: UnitRegister(campaign, inputRoots: roots.filter { !$0.isEmpty }.sorted()))
  }

  /// What came by lines, judged as of today.
  private static func judged(_ outcomes: [FileOutcome], by engine: RuleEngine) -> [FileOutcome] {
    var judged: [FileOutcome] = []
    judged.reserveCapacity(outcomes.count)
    Parallel.chunks(of: outcomes[...]) { chunk in
      chunk.map { outcome in
        var outcome = outcome
        for index in outcome.submissions.indices { engine.judge(&outcome.submissions[index]) }
        return outcome
      }
    } take: {
      judged += $0
    }
    return judged
  }

  /// What follows from all files together.
  ///
  /// - Parameter outcomes: Is empty afterwards: there is no room for a country's submissions twice.
  private static func conclude(
    _ outcomes: inout [FileOutcome], engine: RuleEngine, options: Options
  ) -> CheckReport {
    let campaign = engine.campaign
    SameContent.countOnce(&outcomes)
    outcomes.sort { $0.file.file < $1.file.file }
    var report = CheckReport(
      campaign: campaign.id, asOf: engine.asOf, files: outcomes.map(\.file),
      submissions: outcomes.flatMap(\.submissions))
    report.add(outcomes.flatMap(\.below), to: campaign)
    outcomes = []
    var corrections = options.corrections
    corrections?.apply(to: &report.submissions, engine: engine)
    engine.judge(&report)
    corrections?.refuseUnused(report.submissions)
    report.corrections = corrections?.corrections
    if let explanations = options.explanations {
      explanations.apply(to: &report, register: engine.register, campaign: campaign)
    }
    return report
  }

  /// What became of the files of a run that writes lines.
  public struct LineSummary: Sendable {
    /// Files on disk, those that an earlier run had finished among them.
    public var files = 0
    public var finishedBefore = 0
    /// Whether a form or a file has an error by itself; who is missing, only all files together tell.
    public var hasErrors = false
  }

  /// Reads and judges every file by itself, and writes what it finds as lines of JSON (``CheckedLine``), file by file in
  /// their order, as soon as they are there. Lines of any shards put together are what ``check(paths:campaign:asOf:options:)``
  /// takes in place of the files.
  ///
  /// - Parameters:
  ///   - inbox: The folder that the paths are a part of, if they are: no part of the path in front of it says whose a file
  ///     is. Without one, that is so of what stands in front of each path.
  ///   - resuming: A file with the lines of an earlier run of the same kind, which are taken over; it need not be there.
  ///   - output: Takes the lines that are kept, all at once and even if there are none, and then those of each file.
  /// - Throws: ``FormsError`` and `CancellationError` as `check`, or what the output throws.
  public static func writeLines(
    paths: [String], inbox: String? = nil, campaign: Campaign, asOf: CalendarDate, language: Language,
    options: Options = .init(), resuming path: String? = nil, to output: @escaping ([UInt8]) throws -> Void
  ) throws -> LineSummary {
    var walker = InboxWalker(limits: options.limits, allowsManyFiles: options.allowsManyFiles)
    let files = try walker.list(paths)
    let roots = Set((inbox.map { [$0] } ?? paths).map { InboxWalker.root(of: $0) })
    let byName = Dictionary(files.map { ($0.shown, $0.path) }, uniquingKeysWith: { first, _ in first })
    var summary = LineSummary()
    var finished: Set<String> = []
    if let path {
      let before = try InterruptedRun(at: path, campaign: campaign) { name in
        byName[name].flatMap { FileIdentity.version(path: $0) }
      }
      finished = before.finished
      try output(before.lines)
    }
    summary.files = files.count
    summary.finishedBefore = finished.count
    let engine = engine(campaign, asOf: asOf, roots: roots, options)
    let reader = IntakeReader(
      engine: engine, limits: options.limits.holding(campaign), stop: StopLatch(options.isStopped),
      progress: options.progressInside)
    let writer = CheckedLineWriter(campaign: campaign, language: language)
    let written = LineOutput(output)
    let rest = files.filter { !finished.contains($0.shown) }
    var taken = 0
    forEachInParallel(rest, options: options, reader) { file, outcomes in
      let hasErrors = outcomes.contains { outcome in
        outcome.file.findings.contains { $0.severity == .error }
          || outcome.submissions.contains { $0.findings.contains { $0.severity == .error } }
      }
      return (
        Result {
          try writer.lines(of: outcomes, named: file.shown, identity: FileIdentity.version(path: file.path))
        }, hasErrors
      )
    } take: { lines, hasErrors in
      written.take(lines)
      taken += 1
      if hasErrors { summary.hasErrors = true }
    }
    guard taken == rest.count else { throw CancellationError() }
    written.take(Result { try writer.end(files: files.count, roots: Array(roots)) })
    try written.check()
    return summary
  }

  /// Reads every file on all cores; the results come in the order of the files. Of a run that is stopped, those of the first
  /// files.
  private static func inParallel(
    _ files: [InboxFile], options: Options, _ reader: IntakeReader
  ) -> [[FileOutcome]] {
    var results: [[FileOutcome]] = []
    results.reserveCapacity(files.count)
    if !files.isEmpty { options.progress?(0, files.count) }
    forEachInParallel(files, options: options, reader) {
      $1
    } take: {
      results.append($0)
    }
    return results
  }

  /// Reads every file on all cores and makes something of it there; that is taken in the order of the files, as soon as
  /// all files before are done.
  private static func forEachInParallel<Made: Sendable>(
    _ files: [InboxFile], options: Options, _ reader: IntakeReader,
    _ make: @Sendable (InboxFile, [FileOutcome]) -> Made, take: (Made) -> Void
  ) {
    let workers = min(files.count, max(1, options.workers ?? ProcessInfo.processInfo.activeProcessorCount))
    withoutActuallyEscaping(take) { take in
      let queue = FileQueue(files, stop: reader.stop, progress: options.progress, take: take)
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        let memory = IntakeMemory(reader)
        while let (index, file) = queue.next() {
          queue.finish(index, make(file, reader.outcomes(of: file, memory: memory)))
        }
      }
    }
  }
}

/// The files that wait to be read, and what became of those that are done.
private final class FileQueue<Made: Sendable>: @unchecked Sendable {
  private let files: [InboxFile]
  private let stop: StopLatch
  private let progress: (@Sendable (Int, Int) -> Void)?
  private let take: (Made) -> Void
  private let lock = NSLock()
  private var position = 0
  private var done = 0
  /// What came before its turn.
  private var waiting: [Int: Made] = [:]
  private var taken = 0

  init(
    _ files: [InboxFile], stop: StopLatch, progress: (@Sendable (Int, Int) -> Void)?,
    take: @escaping (Made) -> Void
  ) {
    self.files = files
    self.stop = stop
    self.progress = progress
    self.take = take
  }

  func next() -> (index: Int, file: InboxFile)? {
    guard !stop.isDown else { return nil }
    return lock.withLock {
      guard position < files.count else { return nil }
      defer { position += 1 }
      return (position, files[position])
    }
  }

  func finish(_ index: Int, _ made: Made) {
    // An archive may have been left halfway.
    guard !stop.isDown else { return }
    lock.withLock {
      waiting[index] = made
      while let next = waiting.removeValue(forKey: taken) {
        taken += 1
        take(next)
      }
      done += 1
      progress?(done, files.count)
    }
  }
}

/// Hands lines to an output until that fails.
private final class LineOutput {
  private let output: ([UInt8]) throws -> Void
  private var failure: (any Error)?

  init(_ output: @escaping ([UInt8]) throws -> Void) { self.output = output }

  func take(_ lines: Result<[UInt8], any Error>) {
    guard failure == nil else { return }
    do { try output(try lines.get()) } catch { failure = error }
  }

  func check() throws { if let failure { throw failure } }
}
