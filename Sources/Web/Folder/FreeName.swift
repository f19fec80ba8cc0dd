import Forms
import Foundation
import XLSX

#if canImport(Glibc)
  import Glibc
#endif

/// Names from outside, and places for them in the folder: a name never leads out of it, and nothing that is there is written
/// over.
enum FreeName {
  /// The bytes that a name may have on every file system, with room for “ (2)”.
  private static let longest = 240

  /// A path below the folder of what comes in, of a name that came with a request: what is no name is left out, what no
  /// file system or program takes is replaced.
  ///
  /// - Returns: `nil` where nothing is left of it.
  static func parts(of name: String) -> [String]? {
    let parts = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).compactMap { part(String($0)) }
    guard let last = parts.last, parts.count <= 12 else { return nil }
    // What a browser hands over of a folder keeps its folders; they may say whose a file is.
    return parts.dropLast().filter { $0 != WorkingFolder.removed } + [last]
  }

  private static func part(_ text: String) -> String? {
    var plain = ""
    for scalar in text.unicodeScalars {
      let isControl =
        scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
      plain.unicodeScalars.append(isControl || ":*?\"<>|".unicodeScalars.contains(scalar) ? "_" : scalar)
    }
    plain = plain.trimmingCharacters(in: .whitespaces)
    // A name that begins with a dot would not be seen.
    while plain.hasPrefix(".") { plain.removeFirst() }
    guard !plain.isEmpty else { return nil }
    return shortened(plain)
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > longest else { return name }
    let ending = ending(of: name)
    var stem = String(name.dropLast(ending.count))
    while stem.utf8.count + ending.utf8.count > longest, !stem.isEmpty { stem.removeLast() }
    return stem + ending
  }

  /// `.xlsx`, with the dot; empty for a name without one, or with a long one that is none.
  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    let ending = String(name[dot...])
    return ending.utf8.count <= 12 ? ending : ""
  }

  /// `沁阳 (2).xlsx`
  static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    let ending = ending(of: name)
    return name.dropLast(ending.count) + " (\(number))" + ending
  }

  /// Puts a file into a folder under the first name that is free.
  ///
  /// - Parameters:
  ///   - temporary: On the same file system.
  ///   - folder: Is there.
  /// - Returns: The name.
  /// - Throws: ``Problem``
  static func move(_ temporary: String, into folder: String, as name: String) throws -> String {
    for number in 1...10_000 {
      let candidate = numbered(name, number)
      let path = folder + "/" + candidate
      // A second name and then the first one's end: unlike a move, that never takes the place of another file.
      if DiskPath.with(temporary, { old in DiskPath.with(path) { link(old, $0) } }) == 0 {
        guard DiskPath.with(temporary, { unlink($0) }) == 0 else {
          throw Disk.problem(errno, writing: temporary)
        }
        return candidate
      }
      if errno == EEXIST { continue }
      // File systems of memory sticks and of other machines know no second names.
      if [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno) {
        if DiskPath.with(path, { access($0, F_OK) }) == 0 { continue }
        if DiskPath.with(temporary, { old in DiskPath.with(path) { rename(old, $0) } }) == 0 {
          return candidate
        }
      }
      throw Disk.problem(errno, writing: path)
    }
    throw Problem(
      .internalServerError, "names", zh: "同名文件太多，请先整理收件文件夹",
      en: "There are too many files of that name; tidy up the folder first.")
  }

  /// Makes the folders of a path below another, none of which may be a link to somewhere else.
  static func makeFolders(_ parts: some Sequence<String>, in folder: String) throws -> String {
    var path = folder
    for part in parts {
      path += "/" + part
      let made = DiskPath.with(path) { mkdir($0, 0o755) }
      if made != 0, errno != EEXIST { throw Disk.problem(errno, writing: path) }
      var status = stat()
      guard DiskPath.with(path, { lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw Problem(
          .unprocessableContent, "name", zh: "“\(part)”已是一个文件，不能再作文件夹",
          en: "“\(part)” is a file already and cannot be a folder.")
      }
    }
    return path
  }
}

/// What the disk says.
enum Disk {
  static func problem(_ code: Int32, writing path: String) -> Problem {
    switch code {
    case ENOSPC, EDQUOT:
      Problem(
        .init(code: 507, reasonPhrase: "Insufficient Storage"), "disk-full", zh: "磁盘已满，文件没有存入；请清理后再试",
        en: "The disk is full and the file was not stored; make room and try again.")
    case EACCES, EPERM, EROFS:
      Problem(
        .internalServerError, "permission", zh: "没有写入“\(path)”的权限，请检查文件夹权限",
        en: "“\(path)” may not be written; check the folder's permissions.")
    case ENAMETOOLONG:
      Problem(.unprocessableContent, "name", zh: "文件名太长，请改短", en: "The file's name is too long.")
    default:
      Problem(
        .internalServerError, "write", zh: "无法写入“\(path)”，请重试",
        en: "“\(path)” cannot be written; try again.")
    }
  }

  /// Makes sure that what a folder lists is on the disk.
  static func sync(folder: String) {
    let descriptor = DiskPath.with(folder) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
