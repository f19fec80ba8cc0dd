import Forms
import Foundation

/// What is read is never written over: neither a unit's file, nor a list, nor last year's workbook.
enum OutputGuard {
  /// - Parameters:
  ///   - outputs: Files or folders to be written; what does not exist yet can hurt nothing.
  ///   - inputs: Files and folders that the command reads, folders with all that is in them.
  /// - Throws: ``FormsError`` (`output`) if an output is an input, or is already there inside an input folder; also if
  ///   something is there that is no file and no folder.
  static func check(_ outputs: [String?], against inputs: [String?]) throws {
    let read = inputs.compactMap(\.self)
    for output in outputs.compactMap(\.self) where FileManager.default.fileExists(atPath: output) {
      try refuseSpecial(output)
      guard let input = read.first(where: { OutputPlace.lies(output, in: $0) }) else { continue }
      throw FormsError(
        .output,
        OutputPlace.resolved(output) == OutputPlace.resolved(input)
          ? LocalizedText(
            zh: "这是要读的文件，不能写在它上面；请换一个名称",
            en: "this is read by the command and cannot be written over; choose another name")
          : LocalizedText(
            zh: "在所读的文件夹“\(input)”里已有这个文件，不能写在它上面；请写到别的文件夹",
            en: "is already there inside \"\(input)\", which is read; write to another folder"),
        file: output)
    }
  }

  /// Before the work, and not only when it is to be written: a pipe, a device, a socket.
  private static func refuseSpecial(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFREG, kind != S_IFDIR else { return }
    throw FormsError(
      .output,
      LocalizedText(
        zh: "那里是管道、设备之类，不是普通文件，不能写入；请换一个文件名",
        en: "is no ordinary file and is not written to; choose another name"), file: path)
  }
}
