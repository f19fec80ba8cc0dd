import ArgumentParser
import Forms
import Foundation

/// The lists of decisions that the office keeps beside the submissions.
struct NotesOption: ParsableArguments {
  @Option(name: .customLong("notes"), help: "a list of explanations that release warnings")
  var path: String?

  func load() throws -> ExplanationList? { try path.map { try ExplanationList(path: $0) } }
}

/// A list to decide on is written once: what somebody has filled in, or may have, is not written over.
enum DecisionFile {
  static func refuseUnlessUntouched(_ path: String, _ isUntouched: (String) -> Bool) throws {
    guard FileManager.default.fileExists(atPath: path), !isUntouched(path) else { return }
    throw FormsError(
      .output,
      LocalizedText(
        zh: "已有填写的内容，或者不是可以重写的空白清单，未覆盖；请换一个文件名或先移走它",
        en: "has been filled in, or is no empty list of this kind, and is not written over; take another name"
      ),
      file: path)
  }
}
