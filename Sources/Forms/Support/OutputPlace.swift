import Foundation

/// Folders and files that a command writes.
public enum OutputPlace {
  /// A path with its symbolic links followed, as far as it exists: one name for one file.
  public static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  /// Whether a path is another, or lies in it at any depth.
  public static func lies(_ path: String, in folder: String) -> Bool {
    let target = resolved(path)
    let place = resolved(folder)
    return target == place || target.hasPrefix(place == "/" ? place : place + "/")
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Makes a folder if it is not there.
  ///
  /// - Throws: ``FormsError`` of code `output`.
  static func make(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "无法建立文件夹，请检查路径和权限，以及是否已有同名文件",
          en:
            "the folder cannot be made; check the path, the permissions, and whether a file of that name is there"
        ), file: folder)
    }
  }

  /// Writes a file in one step: whoever opens it sees the old content or the new.
  ///
  /// - Throws: ``FormsError`` of code `output`.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FormsError(
        .output,
        LocalizedText(
          zh: "无法写入，请检查权限、磁盘空间，以及文件是否正被打开",
          en: "cannot be written; check the permissions, the disk's space, and that the file is not open"),
        file: path)
    }
  }
}
