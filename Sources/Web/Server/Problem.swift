import Forms
import Foundation
import HTTPTypes
import XLSX

/// Why a request cannot be answered: a code for programs, a sentence for people.
struct Problem: Error, Sendable {
  var status: HTTPResponse.Status
  var code: String
  var message: LocalizedText

  init(_ status: HTTPResponse.Status, _ code: String, zh: String, en: String) {
    self.status = status
    self.code = code
    message = LocalizedText(zh: zh, en: en)
  }

  /// What the libraries say, in their own words.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as FormsError:
      self.init(
        error.code == .output ? .internalServerError : .unprocessableContent, error.code.rawValue,
        zh: error.text(in: .chinese), en: error.text(in: .english))
    case let error as XLSXError:
      let sentence = error.sentence
      self.init(
        .unprocessableContent, "workbook", zh: sentence.chinese, en: sentence.english)
    case is CancellationError:
      self.init(.serviceUnavailable, "stopped", zh: "已停止", en: "Stopped.")
    default:
      self.init(
        .internalServerError, "failed", zh: "没有完成，请重试；文件夹中的文件没有改动",
        en: "This was not done; try again. No file of the folder was changed.")
    }
  }

  var json: JSONValue { json(in: .chinese) }

  func json(in language: Language) -> JSONValue {
    ["error": ["code": .string(code), "message": .string(message.text(in: language))]]
  }

  static let notFound = Problem(
    .notFound, "not-found", zh: "没有这个页面，可能是地址写错了，或者文件已被移走",
    en: "There is no such page; the address may be wrong, or the file has been moved.")
  static let notAllowed = Problem(
    .methodNotAllowed, "method", zh: "这个地址不接受这种请求", en: "This address does not take such a request.")
}
