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
    /// How many files are read at the same time; `nil` takes every core.
    public var workers: Int?
    /// Called after each file that is done, with how many are done and how many there are; one call at a time, on any
    /// thread.
    public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    public init() {}
  }

  /// Reads every file, finds the forms, judges them one by one and together.
  ///
  /// Files are read in parallel; at most one file per worker is in memory. The result does not depend on the number of
  /// workers.
  ///
  /// - Parameter asOf: The day that counts as today.
  /// - Throws: ``FormsError`` for a path that is not there and for more files than allowed. Whatever is wrong with a file's
  ///   content is in the report.
  public static func check(
    paths: [String], campaign: Campaign, asOf: CalendarDate, options: Options = .init()
  ) throws -> CheckReport {
    var walker = InboxWalker(limits: options.limits, allowsManyFiles: options.allowsManyFiles)
    let files = try walker.list(paths)
    let roots = Set(paths.map { InboxWalker.root(of: $0) }).filter { !$0.isEmpty }
    let engine = RuleEngine(
      campaign: campaign, asOf: asOf, previous: options.previous,
      register: UnitRegister(campaign, inputRoots: Array(roots)))
    let reader = IntakeReader(engine: engine, limits: options.limits.holding(campaign))
    var outcomes = inParallel(files, options: options, reader).flatMap(\.self)
    SameContent.countOnce(&outcomes)
    outcomes.sort { $0.file.file < $1.file.file }
    var report = CheckReport(
      campaign: campaign.id, asOf: asOf, files: outcomes.map(\.file),
      submissions: outcomes.flatMap(\.submissions))
    report.add(outcomes.flatMap(\.below), to: campaign)
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

  /// Reads every file on all cores; the results come in the order of the files.
  private static func inParallel(
    _ files: [InboxFile], options: Options, _ reader: IntakeReader
  ) -> [[FileOutcome]] {
    let workers = min(files.count, max(1, options.workers ?? ProcessInfo.processInfo.activeProcessorCount))
    let queue = FileQueue(files, progress: options.progress)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      let memory = IntakeMemory(reader)
      while let (index, file) = queue.next() {
        queue.finish(index, reader.outcomes(of: file, memory: memory))
      }
    }
    return queue.results
  }
}

/// The files that wait to be read, and what became of those that are done.
private final class FileQueue: @unchecked Sendable {
  private let files: [InboxFile]
  private let progress: (@Sendable (Int, Int) -> Void)?
  private let lock = NSLock()
  private var position = 0
  private var done = 0
  private(set) var results: [[FileOutcome]]

  init(_ files: [InboxFile], progress: (@Sendable (Int, Int) -> Void)?) {
    self.files = files
    self.progress = progress
    results = Array(repeating: [], count: files.count)
  }

  func next() -> (index: Int, file: InboxFile)? {
    lock.withLock {
      guard position < files.count else { return nil }
      defer { position += 1 }
      return (position, files[position])
    }
  }

  func finish(_ index: Int, _ outcomes: [FileOutcome]) {
    lock.withLock {
      results[index] = outcomes
      done += 1
      progress?(done, files.count)
    }
  }
}
