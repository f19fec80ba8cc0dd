/// `checks:` of the campaign and of its forms.
extension CampaignLoader {
  private static let checkKeys = ["id", "form", "each", "check", "severity", "message", "tolerance"]

  private enum Each: String, CaseIterable {
    case row
  }

  /// The checks of every layer and form, in the order of the files. Whether a formula makes sense is seen where it is
  /// compiled.
  func readChecks(forms: [FormDefinition], places: [YAMLNode]) throws -> [FormCheck] {
    var checks: [FormCheck] = []
    func add(_ list: YAMLNode, form: FormDefinition?) throws {
      for node in try list.list() {
        let check = try check(node, of: form, forms: forms)
        if let other = checks.first(where: { $0.id == check.id }) {
          throw node.error(
            zh: "核对关系“\(check.id)”的编号重复，已在\(other.file)第\(other.line)行用过",
            en: "the check \"\(check.id)\" has the id of the one in \(other.file), line \(other.line)")
        }
        if RuleCatalogue[check.id] != nil {
          throw node.error(
            zh: "编号“\(check.id)”是程序自己的规则，请换一个，如 Z01",
            en: "the id \"\(check.id)\" is a rule of the program's own; take another, such as Z01")
        }
        checks.append(check)
      }
    }
    for (form, place) in zip(forms, places) {
      if let list = try place.mapping()["checks"] { try add(list, form: form) }
    }
    for list in values("checks") { try add(list, form: nil) }
    return checks
  }

  private func check(_ node: YAMLNode, of own: FormDefinition?, forms: [FormDefinition]) throws -> FormCheck {
    let map = try node.mapping(keys: Self.checkKeys)
    var form = own
    if map["form"] != nil {
      let name = try map.required("form").string()
      let key = LabelText.key(name)
      guard let index = forms.firstIndex(where: { $0.id == name || LabelText.key($0.label) == key }) else {
        throw try map.required("form").error(zh: "没有“\(name)”表", en: "there is no form \"\(name)\"")
      }
      form = forms[index]
    }
    let each: Each? = try map["each"]?.choice()
    if each == .row, form?.kind != .list {
      throw node.error(
        zh: "each: row 只用于清单，请用 form 写明哪张清单", en: "each: row is for lists; name the list in form")
    }
    let id = try map.required("id").string()
    guard id.count <= 12, id.allSatisfy({ ($0.isASCII && ($0.isLetter || $0.isNumber)) || $0 == "-" }) else {
      throw try map.required("id").error(
        zh: "编号“\(id)”只能用字母、数字和连字符，最多12个",
        en: "the id \"\(id)\" may hold up to 12 letters, digits and hyphens")
    }
    let formula = try map.required("check")
    let tolerance = try map["tolerance"]?.decimal()
    guard tolerance ?? 0 >= 0 else {
      throw node.error(zh: "tolerance 不能小于0", en: "tolerance cannot be below 0")
    }
    var text = try formula.string()
    if text.hasPrefix("=") { text.removeFirst() }
    return FormCheck(
      id: id, form: form?.id, eachRow: each == .row, formula: text,
      severity: try map["severity"]?.choice() ?? .error, message: try map["message"]?.string(),
      tolerance: tolerance, file: node.file, line: node.line)
  }
}
