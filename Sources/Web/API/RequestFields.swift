import Forms
import Foundation

/// The fields of a request's JSON, as texts: figures keep their digits.
struct RequestFields {
  private var texts: [String: String] = [:]
  /// What the one list holds: `decisions`, where several are made together, or `answers`.
  private(set) var parts: [RequestFields] = []

  /// - Throws: ``Problem`` for what is no object of texts and numbers.
  init(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty,
      let object = try? JSONDecoder().decode([String: Value].self, from: Data(bytes))
    else { throw Self.unreadable }
    try self.init(object)
  }

  private init(_ object: [String: Value]) throws {
    for (name, value) in object {
      switch value {
      case .text(let text): texts[name] = text
      case .number(let number): texts[name] = number.description
      case .flag(let flag): texts[name] = flag ? "true" : "false"
      case .none: continue
      case .list(let list): parts = try list.map { try RequestFields($0) }
      }
    }
    guard texts.values.allSatisfy({ $0.utf8.count <= 1 << 20 }) else { throw Self.unreadable }
  }

  private enum Value: Decodable {
    case text(String), number(Decimal), flag(Bool), list([[String: Value]]), none

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Decimal.self) {
        self = .number(number)
      } else if (try? container.decode([String].self)) != nil {
        // What an answer offered to choose from may come back with the choice.
        self = .none
      } else {
        self = .list(try container.decode([[String: Value]].self))
      }
    }
  }

  private static let unreadable = Problem(
    .badRequest, "json", zh: "请求的内容无法读取", en: "The request's content cannot be read.")

  /// Without spaces around it; `nil` where nothing is said.
  subscript(name: String) -> String? {
    let text = texts[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// As it was sent.
  func whole(_ name: String) -> String? { texts[name] }

  /// - Throws: ``Problem`` where nothing is said.
  func required(_ name: String, _ word: LocalizedText) throws -> String {
    guard let text = self[name] else {
      throw Problem(
        .unprocessableContent, "missing", zh: "未填\(word.chinese)", en: "\(word.english) is not filled in.")
    }
    guard text.count <= 2_000 else {
      throw Problem(
        .unprocessableContent, "too-long", zh: "\(word.chinese)太长", en: "\(word.english) is too long.")
    }
    return text
  }
}
