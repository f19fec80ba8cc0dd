import Forms
import Foundation
import XLSX

/// What the folder holds at one moment: everything that the rooms show.
struct FolderView: Sendable {
  let campaign: Campaign
  let asOf: CalendarDate
  /// As `check` finds it, with the explanations of 核实说明.xlsx.
  let checked: CheckReport
  /// As `merge` takes it: with the corrections of 更正.xlsx too.
  let decided: CheckReport
  let consolidation: Consolidation
  /// Last year's figures, where the page was started with them.
  let previous: PreviousFigures?
  /// Which view it is: another number, another content.
  let number: Int
  let takenAt: Date

  /// What is still asked of units: without what they have explained.
  var open: Consolidation {
    Consolidation(report: decided.withoutExplained, campaign: campaign, previous: previous)
  }
}

/// The working folder: what is in it is checked when somebody asks and something has changed, and then only what has changed.
///
/// The process works in the folder, so that files are called as they are on the command line: `收件/沁阳.xlsx`.
actor OfficeFolder {
  nonisolated let inbox: String
  /// The campaign that was named when the page was started; `nil` takes the folder's own.
  nonisolated let campaignName: String?
  /// Last year's consolidated workbook.
  nonisolated let previousPath: String?

  private var known: [CalendarDate: (state: FolderState, view: FolderView)] = [:]
  private var memories: [CalendarDate: OutcomeMemory] = [:]
  private var running: [CalendarDate: Task<FolderView, any Error>] = [:]
  private var lastLook: [CalendarDate: Date] = [:]
  private var campaignFiles: [String] = []
  private var count = 0
  /// Where the looks that are under way are, and how to stop them.
  nonisolated let look = FolderLook()

  /// Days that are kept at once: today, and those that somebody looks back to.
  private static let mostDays = 3
  /// Between two looks at the disk, where nobody has told of a change.
  private static let patience = 0.25

  init(campaignName: String?, previous: String? = nil, inbox: String = WorkingFolder.inbox) {
    self.campaignName = campaignName
    previousPath = previous
    self.inbox = inbox
  }

  /// Something in the folder has changed, or may have.
  func noteChange() { lastLook = [:] }

  /// Stops the looks that are under way. What they have read is kept, and shown to nobody: part of the files would pass for
  /// all of them. Until ``goOn()``, nothing more is read.
  func stop() { if !running.isEmpty { look.stop() } }

  /// Lets the folder be looked at again, from where it was stopped.
  func goOn() { look.goOn() }

  /// What is in the folder now.
  ///
  /// - Throws: ``FormsError`` for a campaign that cannot be used or a folder that cannot be read; ``Problem`` (`stopped`)
  ///   where somebody has stopped the look at files that nobody has looked at.
  func view(asOf day: CalendarDate?) async throws -> FolderView {
    let day = day ?? .today
    if let look = lastLook[day], Date().timeIntervalSince(look) < Self.patience, let known = known[day] {
      return known.view
    }
    // Who asks while the answer is being worked out gets the next one: what has changed meanwhile must be in it.
    while let task = running[day] { _ = try? await task.value }
    if let look = lastLook[day], Date().timeIntervalSince(look) < Self.patience, let known = known[day] {
      return known.view
    }
    // The task itself says that it is over: whoever waits for it must not find it again.
    let task = Task {
      defer { running[day] = nil }
      return try await looked(day)
    }
    running[day] = task
    return try await task.value
  }

  private func looked(_ day: CalendarDate) async throws -> FolderView {
    let (inbox, campaignName, previous) = (inbox, campaignName, previousPath)
    let files = watchedFiles
    let started = Date()
    let state = try await Blocking.light { try FolderState(folders: [inbox], files: files) }
    if let known = known[day], known.state == state {
      lastLook[day] = started
      // What was left halfway has been taken out again.
      if look.isStopped, running.count < 2 { look.end() }
      return known.view
    }
    guard !look.isStopped else { throw stopped }
    // For another day what was read is judged anew, not read again.
    let latest = known.max { $0.value.view.takenAt < $1.value.view.takenAt }?.key
    var memory = memories[day]
    if memory == nil, let other = latest.flatMap({ memories[$0] }) {
      // Waits until nobody is reading for that day.
      memory = try await Blocking.light { OutcomeMemory(copying: other) }
    }
    let own = memory ?? OutcomeMemory()
    memories[day] = own
    count += 1
    let number = count
    let look = look
    let view: FolderView
    do {
      look.begin()
      view = try await Blocking.heavy {
        try Self.check(inbox, campaignName, previous, day, own, number, look)
      }
    } catch is CancellationError {
      // Going on may have been asked for before the reading had ended.
      guard look.isStopped else { return try await looked(day) }
      throw stopped
    } catch {
      if running.count < 2 { look.end() }
      throw error
    }
    if running.count < 2 { look.end() }
    campaignFiles = view.campaign.files
    // The campaign's files are known only now; the state that is compared next time is that of all of them.
    let all = watchedFiles
    let complete =
      all == files ? state : try await Blocking.light { try FolderState(folders: [inbox], files: all) }
    known[day] = (complete, view)
    lastLook[day] = started
    forgetOldDays(keeping: day)
    return view
  }

  private var stopped: Problem {
    let (done, total) = look.progress.map { ($0.done, $0.total) } ?? (0, 0)
    return Problem(
      .conflict, "stopped", zh: "审核已停下，收件还没有看完（\(done)/\(total)个文件）；请在页面上按“继续审核”",
      en:
        "The check was stopped before everything was read (\(done) of \(total) files); go on with it at the page."
    )
  }

  private func forgetOldDays(keeping day: CalendarDate) {
    guard known.count > Self.mostDays else { return }
    let old = known.filter { $0.key != day }.min { $0.value.view.takenAt < $1.value.view.takenAt }
    guard let oldest = old?.key else { return }
    known[oldest] = nil
    memories[oldest] = nil
    lastLook[oldest] = nil
  }

  private var watchedFiles: [String] {
    [WorkingFolder.campaignFile, WorkingFolder.corrections, WorkingFolder.explanations]
      + [previousPath].compactMap(\.self) + campaignFiles
  }

  private static func check(
    _ inbox: String, _ campaignName: String?, _ previousPath: String?, _ day: CalendarDate,
    _ memory: OutcomeMemory, _ number: Int, _ look: FolderLook
  ) throws -> FolderView {
    let campaign = try Campaign.load(
      campaignName, workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
    let decisions = try Decisions()
    let previous = try previousPath.map {
      PreviousFigures(try ConsolidatedWorkbook.load(path: $0, campaign: campaign))
    }
    let checked = try check(
      inbox, campaign, day, memory, previous: previous, explanations: decisions.explanations,
      corrections: nil, look)
    let decided =
      decisions.corrections == nil
      ? checked
      : try check(
        inbox, campaign, day, memory, previous: previous, explanations: decisions.explanations,
        corrections: decisions.corrections, look)
    return FolderView(
      campaign: campaign, asOf: day, checked: checked, decided: decided,
      consolidation: Consolidation(report: decided, campaign: campaign, previous: previous),
      previous: previous, number: number, takenAt: Date())
  }

  /// The lists of decisions, where there are any.
  struct Decisions {
    var corrections: CorrectionList?
    var explanations: ExplanationList?

    init(
      corrections: String = WorkingFolder.corrections, explanations: String = WorkingFolder.explanations
    ) throws {
      let files = FileManager.default
      if files.fileExists(atPath: corrections) { self.corrections = try CorrectionList(path: corrections) }
      if files.fileExists(atPath: explanations) {
        self.explanations = try ExplanationList(path: explanations)
      }
    }
  }

  static func check(
    _ inbox: String, _ campaign: Campaign, _ day: CalendarDate, _ memory: OutcomeMemory,
    previous: PreviousFigures?, explanations: ExplanationList?, corrections: CorrectionList?,
    _ look: FolderLook? = nil
  ) throws -> CheckReport {
    var options = CheckRun.Options()
    options.takesCheckedLines = true
    options.allowsManyFiles = true
    options.explanations = explanations
    options.corrections = corrections
    if let look {
      options.progress = { look.note($0, $1) }
      options.progressInside = { look.noteInside() }
      options.isStopped = { look.isStopped }
    }
    options.previous = previous
    return try CheckRun.check(
      paths: [inbox], campaign: campaign, asOf: day, options: options, memory: memory)
  }

  /// What a check would say with other lists of decisions: nothing is read that has not changed.
  func trial(
    asOf day: CalendarDate?, corrections: String, explanations: String
  ) async throws -> CheckReport {
    let view = try await view(asOf: day)
    let memory = memories[view.asOf] ?? OutcomeMemory()
    let inbox = inbox
    return try await Blocking.heavy {
      let decisions = try Decisions(corrections: corrections, explanations: explanations)
      return try Self.check(
        inbox, view.campaign, view.asOf, memory, previous: view.previous,
        explanations: decisions.explanations,
        corrections: decisions.corrections)
    }
  }
}
