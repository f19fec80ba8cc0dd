import Foundation
import XLSX

/// A check with its operands found among the campaign's fields.
struct CompiledCheck: Sendable {
  /// Where the value of an operand stands.
  enum Source: Hashable, Sendable {
    /// A field of a matrix, or of a line of the list that the check goes through.
    case field(form: String, index: Int)
    /// The number of a list's lines.
    case count(form: String)
    /// The 合计 of a column of a list.
    case total(form: String, index: Int)

    var form: String {
      switch self {
      case .field(let form, _), .count(let form), .total(let form, _): form
      }
    }
  }

  let check: FormCheck
  let node: FormulaNode
  let pieces: [CheckFormula.Piece]
  /// The operands of the formula, for each heading that a `*` stands for; one for a check without.
  let matches: [[Source]]
  /// The message in pieces, its operands behind those of the formula.
  let message: [CheckFormula.Piece]?
  let fields: [String: [Field]]
  let labels: [String: String]
  /// The forms that it speaks of, its own first.
  let forms: [String]

  var isAcrossForms: Bool { forms.count > 1 }
  var tolerance: Decimal { check.tolerance ?? 0 }

  func field(_ source: Source) -> Field? {
    switch source {
    case .field(let form, let index), .total(let form, let index): fields[form]?[index]
    case .count: nil
    }
  }

  /// The key under which the JSON has an operand.
  func key(_ source: Source) -> FieldKey {
    switch source {
    case .field: field(source)?.key ?? ""
    case .total: field(source).map { ListRules.totalKey($0.key) } ?? ""
    case .count: ListRules.countKey
    }
  }

  /// - Throws: ``FormsError`` with the check's file and line.
  init(_ check: FormCheck, campaign: Campaign) throws {
    self.check = check
    func refuse(_ message: LocalizedText) -> FormsError {
      FormsError(
        .campaign,
        LocalizedText(
          zh: "核对关系“\(check.id)”：\(message.chinese)", en: "the check \"\(check.id)\": \(message.english)"),
        file: check.file, line: check.line)
    }
    do {
      let formula = try CheckFormula(check.formula)
      var operands = formula.operands
      message = try check.message.map { try Self.pieces(ofMessage: $0, operands: &operands) }
      node = formula.node
      pieces = formula.pieces
      let resolver = CheckResolver(check, campaign: campaign)
      matches = try resolver.matches(operands)
      let used = (matches.first ?? []).map(\.form)
      var forms = [check.form].compactMap(\.self)
      for form in used where !forms.contains(form) { forms.append(form) }
      self.forms = forms
      fields = Dictionary(
        campaign.forms.filter { forms.contains($0.id) }.map { ($0.id, $0.fields) },
        uniquingKeysWith: { first, _ in first })
      labels = Dictionary(campaign.forms.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
    } catch let problem as CheckFormula.Problem {
      throw refuse(problem.message)
    }
    if let message = senselessness() { throw refuse(message) }
  }

  /// `培训人数{培训/参加人数}，少于…`: braces that hold no heading stay as they are.
  private static func pieces(
    ofMessage text: String, operands: inout [CheckFormula.Operand]
  ) throws -> [CheckFormula.Piece] {
    var pieces: [CheckFormula.Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      pieces.append(.text(String(rest[..<open])))
      var name = String(rest[rest.index(after: open)..<close])
      if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
      let operand = try CheckFormula.operand(name.replacing("![", with: "!").replacing("]", with: ""))
      let position = operands.firstIndex(of: operand) ?? operands.count
      if position == operands.count { operands.append(operand) }
      pieces.append(.operand(position))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(String(rest)))
    return pieces
  }

  /// Why the check says nothing, over all that its fields can hold.
  private func senselessness() -> LocalizedText? {
    guard let sources = matches.first else { return nil }
    let bounds = CheckBounds(tolerance: tolerance) { range(of: sources[$0]) }
    guard case .truth(let canHold, let canFail) = bounds.range(node) else {
      if case .anything = bounds.range(node) { return nil }
      return LocalizedText(
        zh: "不是一个能成立或不成立的关系，应有 =、<=、>= 等",
        en: "it is nothing that can hold or fail; it needs =, <=, >= or the like")
    }
    if !canFail { return LocalizedText(zh: "这个关系总是成立，核对不出问题", en: "it can never fail, so it checks nothing") }
    if !canHold { return LocalizedText(zh: "这个关系永远不成立", en: "it can never hold") }
    return nil
  }

  private func range(of source: Source) -> CheckBounds.Range {
    guard let field = field(source) else { return .numbers(0, nil) }
    switch field.type {
    case .number, .percent:
      var (low, high): (Decimal?, Decimal?) = (0, field.type == .percent ? 1 : nil)
      if case .field = source {
        if case .number(let least)? = field.limits.least { low = least }
        if case .number(let most)? = field.limits.most { high = most }
      }
      return .numbers(low, high)
    case .choice: return .texts(Set(field.choices.map(\.name)))
    case .date: return .numbers(nil, nil)
    case .yesNo: return .truth(canHold: true, canFail: true)
    case .text, .phone, .citizenID, .index: return .texts(nil)
    }
  }
}

/// Finds the operands of a check among the campaign's fields.
struct CheckResolver {
  private let check: FormCheck
  private let campaign: Campaign

  init(_ check: FormCheck, campaign: Campaign) {
    self.check = check
    self.campaign = campaign
  }

  /// - Throws: ``CheckFormula/Problem`` for a heading that is not there.
  func matches(_ operands: [CheckFormula.Operand]) throws -> [[CompiledCheck.Source]] {
    let forms = try operands.map(form)
    guard let lead = operands.firstIndex(where: \.hasStar) else {
      return [try zip(operands, forms).map { try source($0, in: $1) }]
    }
    // The same heading throughout: whatever fits the first operand and all others.
    var result: [[CompiledCheck.Source]] = []
    for star in stars(operands[lead], in: forms[lead]) {
      let filled = operands.map { operand in
        var operand = operand
        operand.path = operand.path.map { $0 == "*" ? star : $0 }
        return operand
      }
      if let found = try? zip(filled, forms).map({ try source($0, in: $1) }) { result.append(found) }
    }
    guard !result.isEmpty else {
      let names = operands.filter(\.hasStar).map { "[\($0.path.joined(separator: "/"))]" }
      throw CheckFormula.Problem(
        message: LocalizedText(
          zh: "没有一个表头能同时代入\(names.joined(separator: "、"))中的“*”",
          en: "no heading fits the \"*\" of \(names.joined(separator: ", "))"))
    }
    return result
  }

  private func form(_ operand: CheckFormula.Operand) throws -> FormDefinition {
    if let name = operand.form {
      guard let form = campaign.form(name) else {
        throw CheckFormula.Problem(
          message: LocalizedText(zh: "没有“\(name)”表", en: "there is no form \"\(name)\""))
      }
      return form
    }
    if let id = check.form, let form = campaign.forms.first(where: { $0.id == id }) { return form }
    let path = operand.path.joined(separator: "/")
    throw CheckFormula.Problem(
      message: LocalizedText(
        zh: "“[\(path)]”没有写明哪张表，请写成 附件2![\(path)]，或加 form",
        en: "\"[\(path)]\" does not say of which form; write 附件2![\(path)], or give form"))
  }

  private func stars(_ operand: CheckFormula.Operand, in form: FormDefinition) -> [String] {
    var stars: [String] = []
    for field in form.fields {
      let path = field.key.path.map(String.init)
      guard path.count == operand.path.count else { continue }
      var star: String?
      let fits = zip(operand.path, path).allSatisfy { wanted, name in
        if wanted == "*" {
          if let star { return star == name }
          star = name
          return true
        }
        return Self.isSame(wanted, name)
      }
      if fits, let star, !stars.contains(star) { stars.append(star) }
    }
    return stars
  }

  private func source(_ operand: CheckFormula.Operand, in form: FormDefinition) throws -> CompiledCheck.Source
  {
    if form.kind == .list {
      let isOwnLine = check.eachRow && form.id == check.form
      if operand.path == [ListRules.countKey.rawValue] { return .count(form: form.id) }
      if operand.path.first == ListRules.totalPrefix, operand.path.count > 1,
        let index = index(of: Array(operand.path.dropFirst()), in: form), form.fields[index].isAddable
      {
        return .total(form: form.id, index: index)
      }
      if isOwnLine, let index = index(of: operand.path, in: form), form.fields[index].type != .index {
        return .field(form: form.id, index: index)
      }
      if !isOwnLine, index(of: operand.path, in: form) != nil {
        throw CheckFormula.Problem(
          message: LocalizedText(
            zh: "“[\(operand.path.joined(separator: "/"))]”是清单的一栏，请逐行核对（each: row），或写 [合计/…]、[行数]",
            en:
              "\"[\(operand.path.joined(separator: "/"))]\" is a column of a list; check each: row, or write [合计/…] or [行数]"
          ))
      }
    } else if let index = index(of: operand.path, in: form) {
      return .field(form: form.id, index: index)
    }
    throw unknown(operand, in: form)
  }

  private func index(of path: [String], in form: FormDefinition) -> Int? {
    form.fields.firstIndex { field in
      let names = field.key.path
      return names.count == path.count && zip(names, path).allSatisfy { Self.isSame(String($0), $1) }
    }
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a == b || LabelText.key(a) == LabelText.key(b)
  }

  private func unknown(_ operand: CheckFormula.Operand, in form: FormDefinition) -> CheckFormula.Problem {
    let path = operand.path.joined(separator: "/")
    let letters = Array(LabelText.key(path).unicodeScalars)
    let near = form.fields.map(\.key.rawValue).min { a, b in
      Self.distance(letters, a) < Self.distance(letters, b)
    }
    let hint = near.flatMap { Self.distance(letters, $0) * 2 <= letters.count ? $0 : nil }
    return CheckFormula.Problem(
      message: LocalizedText(
        zh: "“\(form.label)”中没有“[\(path)]”" + (hint.map { "，是否应为“[\($0)]”" } ?? ""),
        en: "\"\(form.label)\" has no \"[\(path)]\"" + (hint.map { ", did you mean \"[\($0)]\"" } ?? "")))
  }

  private static func distance(_ letters: [Unicode.Scalar], _ key: String) -> Int {
    EditDistance.between(letters, Array(LabelText.key(key).unicodeScalars)) ?? 1_000_000
  }
}
