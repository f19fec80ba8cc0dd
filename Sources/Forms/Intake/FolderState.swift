import Foundation
import XLSX

/// Which files lie in a folder, and in which version each: equal as long as nothing in it has changed.
package struct FolderState: Hashable, Sendable {
  private var files: [InboxFile: OutcomeMemory.Version?] = [:]
  private var single: [String: OutcomeMemory.Version?] = [:]

  /// - Parameters:
  ///   - folders: Looked into as a check does.
  ///   - files: Looked at by themselves, whether or not they are there.
  /// - Throws: ``FormsError`` for a folder that is not there or cannot be read.
  package init(folders: [String], files: [String], limits: IntakeLimits = .default) throws {
    var walker = InboxWalker(limits: limits, allowsManyFiles: true)
    for file in try walker.list(folders) { self.files[file] = OutcomeMemory.Version(path: file.path) }
    for file in files { single[file] = OutcomeMemory.Version(path: file) }
  }

  package var count: Int { files.count }
}
