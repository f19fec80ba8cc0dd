import Forms
import Foundation

/// What is read is never written over: neither a unit's file, nor a list, nor last year's workbook.
enum OutputGuard {
  /// - Parameters:
  ///   - outputs: Files or folders to be written; what does not exist yet can hurt nothing.
  ///   - inputs: Files and folders that the command reads, folders with all that is in them.
  /// - Throws: ``FormsError`` (`output`) if an output is an input, or is already there inside an input folder.
  static func check(_ outputs: [String?], against inputs: [String?]) throws {
    let read = inputs.compactMap(\.self)
    for output in outputs.compactMap(\.self) where FileManager.default.fileExists(atPath: output) {
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
}
