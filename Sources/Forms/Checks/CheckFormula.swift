import Foundation
import XLSX

/// A formula of an office's check, taken apart: `[培训/参加人数]` and `附件2![行数]` are its operands, the rest is Excel's.
struct CheckFormula {
  /// A figure as the formula names it.
  struct Operand: Hashable, Sendable {
    /// `附件2`; `nil` for the form that the check stands in.
    var form: String?
    /// The headings from the top; `*` for any.
    var path: [String]

    var hasStar: Bool { path.contains("*") }
    /// `附件2 合计 补贴金额`
    var text: String { ([form].compactMap(\.self) + path).joined(separator: " ") }
  }

  /// A stretch of the formula as written.
  enum Piece: Hashable, Sendable {
    case text(String)
    case operand(Int)
  }

  let node: FormulaNode
  /// In the order in which they first come; in ``node`` the n-th stands as cell XFD*n*, which nobody writes.
  private(set) var operands: [Operand] = []
  let pieces: [Piece]

  /// Why a formula cannot be read.
  struct Problem: Error {
    var message: LocalizedText
  }

  init(_ text: String) throws {
    var operands: [Operand] = []
    var pieces: [Piece] = []
    var formula = ""
    var plain = ""
    let characters = Array(text)
    var index = 0
    var isQuoted = false
    while index < characters.count {
      let character = characters[index]
      if character == "\"" { isQuoted.toggle() }
      guard character == "[", !isQuoted else {
        plain.append(character)
        index += 1
        continue
      }
      guard let close = characters[index...].firstIndex(of: "]") else {
        throw Problem(message: LocalizedText(zh: "“[”没有配对的“]”", en: "a \"[\" has no \"]\""))
      }
      let form = Self.takeForm(from: &plain)
      var operand = try Self.operand(String(characters[(index + 1)..<close]))
      operand.form = operand.form ?? form
      let position = operands.firstIndex(of: operand) ?? operands.count
      if position == operands.count { operands.append(operand) }
      pieces += [.text(plain), .operand(position)]
      formula += plain + "XFD\(position + 1)"
      plain = ""
      index = close + 1
    }
    formula += plain
    pieces.append(.text(plain))
    self.operands = operands
    self.pieces = pieces.filter { $0 != .text("") }
    guard !operands.isEmpty else {
      throw Problem(
        message: LocalizedText(zh: "没有写到任何表头，如 [合计/人数]", en: "it names no heading, such as [合计/人数]"))
    }
    do {
      node = try FormulaParser.parse(formula)
    } catch {
      throw Problem(
        message: LocalizedText(
          zh: "不是有效的 Excel 公式，请检查括号、逗号和引号（\(FormulaErrorText.reason("\(error)").chinese)）",
          en: "it is no valid Excel formula; check brackets, commas and quotes (\(error))"))
    }
    var strange: String?
    node.visit { node in
      switch node {
      case .reference(let reference)
      where reference.cell?.column != CellReference.maximumColumn || reference.sheet != nil:
        strange = reference.range.description
      case .name(let name, _): strange = name
      default: break
      }
    }
    if let strange {
      throw Problem(
        message: LocalizedText(
          zh: "“\(strange)”不能用在核对关系里，数字请写成 [表头/表头]，文字请加引号",
          en: "\"\(strange)\" has no place in a check; write figures as [heading/heading] and texts in quotes"
        ))
    }
  }

  /// `附件2!` at the end of what stands before an operand.
  private static func takeForm(from plain: inout String) -> String? {
    guard plain.last == "!" else { return nil }
    var name = plain.dropLast()
    var form = ""
    if name.last == "'", let open = name.dropLast().lastIndex(of: "'") {
      form = String(name[name.index(after: open)..<name.index(before: name.endIndex)])
      name = name[..<open]
    } else {
      while let last = name.last, last.isLetter || last.isNumber || last == "_" || last == "-" {
        form.insert(last, at: form.startIndex)
        name.removeLast()
      }
    }
    guard !form.isEmpty else { return nil }
    plain = String(name)
    return form
  }

  /// `附件2!合计/补贴金额`
  static func operand(_ text: String) throws -> Operand {
    var rest = text[...]
    var form: String?
    if let mark = rest.firstIndex(of: "!") {
      form = String(rest[..<mark]).trimmingCharacters(in: .whitespaces)
      rest = rest[rest.index(after: mark)...]
    }
    let path = rest.split(separator: "/", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard !path.contains("") else {
      throw Problem(
        message: LocalizedText(zh: "“[\(text)]”不是表头", en: "\"[\(text)]\" is no heading"))
    }
    return Operand(form: form, path: path)
  }
}
