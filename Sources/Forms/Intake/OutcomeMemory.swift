import Foundation
import XLSX

/// What became of the files of a folder, kept from one check to the next: a file that has not changed is not read again.
///
/// What is kept is exactly what reading gave. A file counts as unchanged by its place on the disk, its size and the times of
/// its last changes; one that changed while it was read, or just before, is read again.
package final class OutcomeMemory: @unchecked Sendable {
  /// What the outcomes depend on besides the files.
  struct Key: Equatable {
    var campaign: String
    var asOf: CalendarDate
    var roots: Set<String>
    /// The figures themselves: last year's workbook may change under the same name.
    var previous: PreviousFigures?
    var limits: IntakeLimits
  }

  /// Which content of a file was read.
  struct Version: Hashable {
    var size: Int
    var number: UInt64
    var device: UInt64
    /// Of the content and of everything else, in nanoseconds.
    var changed: Int
    var touched: Int

    init?(path: String) {
      var status = stat()
      guard DiskPath.with(path, { stat($0, &status) }) == 0 else { return nil }
      size = Int(status.st_size)
      number = UInt64(truncatingIfNeeded: status.st_ino)
      device = UInt64(truncatingIfNeeded: status.st_dev)
      changed = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
      touched = Int(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int(status.st_ctim.tv_nsec)
    }

    /// Clocks of file systems tick slowly: what was written in the same tick has the same time.
    var isSettled: Bool { Int(Date().timeIntervalSince1970 * 1e9) &- max(changed, touched) > 50_000_000 }
  }

  private struct Kept {
    var version: Version
    var outcomes: [FileOutcome]
  }

  private let lock = NSLock()
  private var key: Key?
  private var kept: [InboxFile: Kept] = [:]

  package init() {}

  /// What another one knows, for another day.
  package init(copying other: OutcomeMemory) {
    (key, kept) = other.lock.withLock { (other.key, other.kept) }
  }

  /// Reads what is not known yet.
  ///
  /// - Parameters:
  ///   - read: Gives the outcomes of the first files, or of all: those are kept, also where the run was stopped.
  ///   - judge: Judges anew what was read for another day.
  /// - Returns: The outcomes in the order of the files.
  /// - Throws: `CancellationError` where not all files were read.
  func outcomes(
    of files: [InboxFile], for key: Key, read: ([InboxFile]) -> [[FileOutcome]],
    judge: ([FileOutcome]) -> [FileOutcome]
  ) throws -> [FileOutcome] {
    try lock.withLock {
      if var known = self.key, known != key {
        known.asOf = key.asOf
        kept = known == key ? judged(anew: judge) : [:]
      }
      self.key = key
      let versions = files.map { $0.obstacle == nil ? Version(path: $0.path) : nil }
      let unknown = files.indices.filter { versions[$0] == nil || kept[files[$0]]?.version != versions[$0] }
      var results = files.map { kept[$0]?.outcomes ?? [] }
      let found = read(unknown.map { files[$0] })
      for (index, outcomes) in zip(unknown, found) {
        results[index] = outcomes
        kept[files[index]] = nil
        guard let version = versions[index], version.isSettled, version == Version(path: files[index].path)
        else { continue }
        kept[files[index]] = Kept(version: version, outcomes: outcomes)
      }
      guard found.count == unknown.count else { throw CancellationError() }
      if kept.count > files.count {
        let present = Set(files)
        kept = kept.filter { present.contains($0.key) }
      }
      return results.flatMap(\.self)
    }
  }

  private func judged(anew judge: ([FileOutcome]) -> [FileOutcome]) -> [InboxFile: Kept] {
    let files = Array(kept)
    var outcomes = judge(files.flatMap(\.value.outcomes))[...]
    return Dictionary(
      uniqueKeysWithValues: files.map { file, kept in
        let own = outcomes.prefix(kept.outcomes.count)
        outcomes = outcomes.dropFirst(own.count)
        return (file, Kept(version: kept.version, outcomes: Array(own)))
      })
  }
}
