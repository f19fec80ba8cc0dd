import Foundation

/// `type:` and what values must fulfil besides.
extension HeadingReader {
  static let typeKeys = ["type", "choices", "required", "length", "least", "most", "within", "pattern"]

  func readType(_ map: YAMLMapping, into heading: inout Heading) throws {
    heading.type = try map["type"]?.choice()
    if let node = map["choices"] {
      // Choices say of which type the values are.
      guard heading.type ?? .choice == .choice else {
        throw node.error(zh: "choices 只用于 type: choice", en: "choices belong to type: choice")
      }
      heading.type = .choice
      heading.choices = try choices(node)
    } else if heading.type == .choice {
      throw map.error(at: "type", zh: "没有写明可选值（choices）", en: "the choices are missing")
    }
    heading.limits = ValueLimits(
      required: try map["required"]?.bool(), length: try map["length"]?.int(in: 1...32_767),
      least: try map["least"].map(bound), most: try map["most"].map(bound),
      within: try map["within"]?.choice(), pattern: try map["pattern"].map(pattern))
  }

  private func choices(_ node: YAMLNode) throws -> [Choice] {
    var owners: [String: String] = [:]
    let choices = try node.list { item -> Choice in
      var choice = Choice("")
      if item.isMapping {
        let map = try item.mapping(keys: ["name", "aliases"])
        choice = Choice(try map.required("name").string(), aliases: try map["aliases"]?.strings() ?? [])
      } else {
        choice = Choice(try item.string())
      }
      for word in [choice.name] + choice.aliases {
        // 线上+线下 has a key of its own.
        if let owner = owners.updateValue(choice.name, forKey: ChoiceText.key(word)), owner != choice.name {
          throw item.error(
            zh: "“\(word)”既指“\(owner)”又指“\(choice.name)”",
            en: "\"\(word)\" means both \"\(owner)\" and \"\(choice.name)\"")
        }
      }
      return choice
    }
    guard !choices.isEmpty else { throw node.error(zh: "没有可选值", en: "there are no choices") }
    guard Set(choices.map(\.name)).count == choices.count else {
      throw node.error(zh: "可选值重复", en: "a choice is there twice")
    }
    return choices
  }

  private func bound(_ node: YAMLNode) throws -> ValueLimits.Bound {
    if case .scalar(let text, _) = node.content, let date = CalendarDate(iso: text) { return .date(date) }
    return .number(try node.decimal())
  }

  private func pattern(_ node: YAMLNode) throws -> String {
    let text = try node.string()
    guard (try? Regex(text)) != nil else {
      throw node.error(zh: "“\(text)”不是有效的正则表达式", en: "\"\(text)\" is no valid regular expression")
    }
    return text
  }

  // The whole form.

  func check(_ field: Field, in form: FormDefinition) throws {
    let node = place(of: field, in: form)
    func fail(_ chinese: String, _ english: String) -> FormsError {
      node.error(zh: "“\(field.key)”\(chinese)", en: "\"\(field.key)\" \(english)")
    }
    let headings = form.rowLeaves[field.row] + form.columnLeaves[field.column]
    if field.type == .number, field.measure.unit.isEmpty, !headings.contains(where: { $0.type == .number }) {
      throw fail("没有计量单位（measure），也没有类型（type）", "has neither a measure nor a type")
    }
    if !field.isInput, field.type != .number {
      throw fail("不是数字，不能是合计", "is no number and cannot be a total")
    }
    let limits = field.limits
    switch (limits.least, limits.most) {
    case (.number(let least)?, .number(let most)?) where least > most:
      throw fail("的 least 大于 most", "has a least above its most")
    case (.date(let least)?, .date(let most)?) where least > most:
      throw fail("的 least 晚于 most", "has a least after its most")
    default: break
    }
    for bound in [limits.least, limits.most].compactMap(\.self) {
      switch bound {
      case .number where !field.type.isNumeric:
        throw fail("不是数字，least、most 不能是数字", "is no number, its bounds cannot be numbers")
      case .date where field.type != .date:
        throw fail("不是日期，least、most 不能是日期", "is no date, its bounds cannot be dates")
      default: break
      }
    }
    if limits.within != nil, field.type != .date {
      throw fail("不是日期，不能写 within", "is no date, within cannot hold")
    }
    if limits.length != nil || limits.pattern != nil,
      ![.text, .phone, .citizenID].contains(field.type)
    {
      throw fail("不是文字，不能写 length、pattern", "is no text, length and pattern cannot hold")
    }
  }
}
