import Forms
import Foundation
import HTTPTypes
import Hummingbird

/// One request as the rooms see it: who asks for what, in which language, as of which day.
struct Exchange: Sendable {
  let method: HTTPRequest.Method
  /// The parts of the path, decoded.
  let path: [String]
  let query: [String: String]
  let headers: HTTPFields
  let language: Language
  /// The day that counts as today, where another one was asked for.
  let asOf: CalendarDate?
  /// Who is at the page, if anybody said so.
  var person: String
  /// For the rules of this page's own style sheet.
  let nonce: String

  func say(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
  /// What a title, a label, a heading or a unit of the campaign is called in the page's language.
  func name(_ text: String, _ campaign: Campaign?) -> String {
    guard language == .english, let campaign else { return text }
    return PageWords(language, names: campaign.englishNames).name(text)
  }

  func say(_ text: LocalizedText) -> String { text.text(in: language) }

  /// The parts of a path, `/api/v1/files/%E6%B2%81.xlsx`; `nil` for one that is not encoded as it should be.
  static func parts(ofPath path: String) -> [String]? {
    var parts: [String] = []
    for part in path.split(separator: "/") {
      guard let decoded = part.removingPercentEncoding, !decoded.contains("\0") else { return nil }
      parts.append(decoded)
    }
    return parts
  }

  /// What stands behind the question mark; of a name that comes twice the last counts.
  static func values(ofQuery query: String?) -> [String: String] {
    var values: [String: String] = [:]
    for pair in (query ?? "").split(separator: "&").prefix(60) {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
      }
      guard let name = halves.first.flatMap(decoded) else { continue }
      values[name] = halves.count > 1 ? decoded(halves[1]) ?? "" : ""
    }
    return values
  }

  /// The value of a cookie.
  static func cookie(_ name: String, in headers: HTTPFields) -> String? {
    for header in headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let halves = pair.split(separator: "=", maxSplits: 1)
        guard halves.count == 2, halves[0].trimmingCharacters(in: .whitespaces) == name else { continue }
        return halves[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}

extension Exchange {
  /// An address of the page, with the day that is looked at.
  func address(_ path: String, _ values: [(String, String?)] = []) -> String {
    var pairs = values.compactMap { name, value in value.map { "\(name)=\(Self.encoded($0))" } }
    if let asOf { pairs.append("as-of=\(asOf)") }
    return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
  }

  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// What goes back.
struct Answer: Sendable {
  var status: HTTPResponse.Status = .ok
  var type: String
  var body: ResponseBody
  var headers: HTTPFields = [:]

  static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Answer {
    Answer(status: status, type: type, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Answer {
    bytes(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
  }

  static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Answer {
    json(value.utf8() + [0x0A], status: status)
  }

  static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
    .bytes(bytes, type: "application/json", status: status)
  }

  static func redirect(to address: String) -> Answer {
    Answer(status: .seeOther, type: "text/plain", body: .init(), headers: [.location: address])
  }

  /// A file to be saved: never something that a browser shows or runs.
  static func download(_ bytes: [UInt8], name: String, type: String) -> Answer {
    var answer = Answer.bytes(bytes, type: type)
    answer.headers[.contentDisposition] = "attachment; filename*=UTF-8''\(Exchange.encoded(name))"
    return answer
  }
}

/// The kinds of content.
enum MIMEType {
  static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  static let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  static let pdf = "application/pdf"
  static let zip = "application/zip"
  static let text = "text/plain; charset=utf-8"
}
