import Foundation
import Testing

@testable import Forms

/// A run over many files that somebody stops: nothing half is given out, and what was read need not be read again.
@Suite("A check run that is stopped")
struct StoppedRunTests {
  /// How far a run is, and how far it is let go.
  private final class Hand: @unchecked Sendable {
    private let lock = NSLock()
    private var seen = 0
    private var heard: [Int] = []
    var most: Int

    init(most: Int = .max) { self.most = most }

    var totals: Set<Int> { lock.withLock { Set(heard) } }
    var isDone: Bool { lock.withLock { seen >= most } }
    func step() { lock.withLock { seen += 1 } }
    func hear(_ total: Int) { lock.withLock { heard.append(total) } }
  }

  private let folder: TemporaryFolder
  private let campaign: Campaign
  private let memory = OutcomeMemory()

  init() throws {
    folder = try TemporaryFolder()
    campaign = try Campaign.load("jiaozuo-2024", workingDirectory: folder.url)
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.url.appendingPathComponent(name))
  }

  private func check(_ hand: Hand, memory: OutcomeMemory?) throws -> CheckReport {
    var options = CheckRun.Options()
    options.workers = 1
    options.progress = { done, total in
      hand.hear(total)
      if done > 0 { hand.step() }
    }
    options.progressInside = { hand.step() }
    options.isStopped = { hand.isDone }
    return try CheckRun.check(
      paths: [folder.url.path], campaign: campaign, asOf: .epoch, options: options, memory: memory)
  }

  @Test(
    "Nothing is given out; the next run reads only the rest and finds the same as one that was never stopped")
  func folderOfFiles() throws {
    for number in 1...8 { try write("\(number).txt", Array("活动总结\(number)".utf8)) }
    // What was written a moment ago may still change, and is not kept.
    Thread.sleep(forTimeInterval: 0.1)
    #expect(throws: CancellationError.self) { try check(Hand(most: 3), memory: memory) }
    let second = Hand()
    let report = try check(second, memory: memory)
    #expect(second.totals == [5])
    let whole = try check(Hand(), memory: nil)
    #expect(report.files == whole.files)
    #expect(report.files.count == 8)
  }

  @Test("An archive that was left halfway counts for nothing: its last files would be missing without a word")
  func archive() throws {
    let files = (1...6).map { (Array("\($0).txt".utf8), Array("活动总结\($0)".utf8)) }
    try write("全部.zip", StoredZip(files).bytes)
    Thread.sleep(forTimeInterval: 0.1)
    #expect(throws: CancellationError.self) { try check(Hand(most: 2), memory: memory) }
    #expect(try check(Hand(), memory: memory).files.count == 7)
  }

  @Test("Without a memory too a stopped run gives no report")
  func withoutMemory() throws {
    for number in 1...4 { try write("\(number).txt", Array("活动总结\(number)".utf8)) }
    #expect(throws: CancellationError.self) { try check(Hand(most: 2), memory: nil) }
    #expect(throws: CancellationError.self) { try check(Hand(most: 0), memory: nil) }
  }

  @Test("Lines of a run that was stopped do not say that they are all")
  func lines() throws {
    for number in 1...4 { try write("\(number).txt", Array("活动总结\(number)".utf8)) }
    let hand = Hand(most: 2)
    var options = CheckRun.Options()
    options.workers = 1
    options.progress = { done, _ in if done > 0 { hand.step() } }
    options.isStopped = { hand.isDone }
    var text = ""
    #expect(throws: CancellationError.self) {
      try CheckRun.writeLines(
        paths: [folder.url.path], campaign: campaign, asOf: .epoch, language: .chinese, options: options
      ) {
        text += String(decoding: $0, as: UTF8.self)
      }
    }
    #expect(text.contains("1.txt") && !text.contains("4.txt"))
    #expect(!text.contains(#""files":4"#))
  }
}
