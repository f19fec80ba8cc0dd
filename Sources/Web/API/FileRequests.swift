import Forms
import Foundation
import XLSX

/// The list of what came in.
enum FileLists {
  static func json(_ view: FolderView, _ exchange: Exchange) async throws -> Answer {
    let submissions = Dictionary(grouping: view.decided.submissions, by: \.file)
    return .json([
      "files": .array(
        view.decided.files.map { file in
          let forms = submissions[file.file] ?? []
          let findings = file.findings + forms.flatMap(\.findings)
          return [
            "file": .string(file.file), "state": .string(file.state.rawValue),
            "reason": .string(file.reason.text(in: exchange.language)),
            "format": .string(file.format.rawValue),
            "units": .array(Self.unique(forms.compactMap { $0.unit?.name }).map { .string($0) }),
            "forms": .array(Self.unique(forms.map(\.form)).map { .string($0) }),
            "errors": .integer(findings.count(.error)), "warnings": .integer(findings.count(.warning)),
          ]
        })
    ])
  }

  static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

/// Moves files of the inbox aside and back; none is ever deleted.
struct FileMoves {
  let desk: Desk
  let exchange: Exchange

  func remove(_ fields: RequestFields) async throws -> Answer {
    let file = try fields.required("file", LocalizedText(zh: "文件", en: "The file"))
    let reason = try fields.required("reason", LocalizedText(zh: "原因", en: "The reason"))
    let parts = try place(of: file)
    guard parts.first != WorkingFolder.removed else {
      throw Problem(.conflict, "removed", zh: "这个文件已经移出", en: "The file has been moved aside already.")
    }
    let inbox = desk.inbox
    let moved = try await Blocking.light {
      let folder = try FreeName.makeFolders([WorkingFolder.removed] + parts.dropLast(), in: inbox)
      return folder + "/" + (try FreeName.move(file, into: folder, as: parts[parts.count - 1]))
    }
    await desk.record([LedgerEntry(.fileRemoved, file: file, new: moved, reason: reason)], by: person(fields))
    await desk.changed()
    return .json(["file": .string(moved)])
  }

  func restore(_ fields: RequestFields) async throws -> Answer {
    let file = try fields.required("file", LocalizedText(zh: "文件", en: "The file"))
    let parts = try place(of: file)
    guard parts.first == WorkingFolder.removed, parts.count > 1 else {
      throw Problem(.conflict, "not-removed", zh: "这个文件没有移出", en: "The file has not been moved aside.")
    }
    let inbox = desk.inbox
    let moved = try await Blocking.light {
      let folder = try FreeName.makeFolders(parts.dropFirst().dropLast(), in: inbox)
      return folder + "/" + (try FreeName.move(file, into: folder, as: parts[parts.count - 1]))
    }
    await desk.record([LedgerEntry(.fileRestored, file: file, new: moved)], by: person(fields))
    await desk.changed()
    return .json(["file": .string(moved)])
  }

  private func person(_ fields: RequestFields) -> String { fields["by"] ?? exchange.person }

  /// The parts of a file's path below the inbox.
  ///
  /// - Throws: ``Problem`` for a name that is no file of the inbox by itself: one inside an archive, or one elsewhere.
  private func place(of file: String) throws -> [String] {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, parts[0] == desk.inbox, !parts.contains(where: { ["", ".", ".."].contains($0) })
    else { throw Self.unknown(file) }
    var path = parts[0]
    for part in parts.dropFirst() {
      path += "/" + part
      var status = stat()
      guard DiskPath.with(path, { lstat($0, &status) }) == 0 else {
        if file.contains("!/") {
          throw Problem(
            .unprocessableContent, "inside", zh: "它在压缩包或邮件里，只能整件移出",
            en: "It is inside an archive or a mail, which can only be moved as a whole.")
        }
        throw Self.unknown(file)
      }
      let isLast = path == file
      guard status.st_mode & S_IFMT == (isLast ? S_IFREG : S_IFDIR) else { throw Self.unknown(file) }
    }
    return Array(parts.dropFirst())
  }

  private static func unknown(_ file: String) -> Problem {
    Problem(
      .notFound, "no-file", zh: "收件里没有“\(file)”", en: "There is no “\(file)” among what came in.")
  }
}
