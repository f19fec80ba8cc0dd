/// Validations of an opened sheet that change or go, by their number among those that were read. New ones are added by
/// ``SheetAdditions``.
struct ValidationChanges {
  /// `nil` takes one away.
  private(set) var changed: [Int: DataValidation?] = [:]
  private(set) var added: [DataValidation] = []
  private let old: [DataValidation]

  /// What differs between two lists, whatever their order. A validation that holds for the same cells as one that went,
  /// or says the same of others, is that one changed.
  ///
  /// - Complexity: O(number of validations)
  init(from old: [DataValidation], to new: [DataValidation]) {
    self.old = old
    if old == new { return }
    var known = Dictionary(grouping: old.indices.reversed()) { old[$0] }
    var rest = new.filter { known[$0]?.popLast() == nil }
    for key in [\.itsRanges, \.itsRule] as [KeyPath<DataValidation, DataValidation>] {
      var gone = Dictionary(grouping: known.values.joined().sorted(by: >)) { old[$0][keyPath: key] }
      rest.removeAll { validation in
        guard let number = gone[validation[keyPath: key]]?.popLast() else { return false }
        changed[number] = validation
        known[old[number]]?.removeAll { $0 == number }
        return true
      }
    }
    for number in known.values.joined() { changed[number] = .some(nil) }
    added = rest
  }

  /// The validations that were not there in this form.
  var new: [DataValidation] { changed.values.compactMap { $0 } + added }

  /// The cells of the validations that stay, changed or not, in the order of the file.
  var remainingRanges: [[CellRange]] {
    old.indices.compactMap { number in
      guard let change = changed[number] else { return old[number].ranges }
      return change?.ranges
    }
  }

  /// Makes the changes of validations that are there, those of Excel 2010's extension among them.
  func apply(to sheet: inout SheetMarkup) throws {
    if changed.isEmpty { return }
    let refusal = sheet.refusal("validations in an unusual form, which")
    var number = 0
    func edit(_ list: inout MarkupElement) throws {
      try list.changeAll("dataValidation") { _, element in
        guard let known = element, !Self.ranges(of: known).isEmpty else { return }
        defer { number += 1 }
        guard old.indices.contains(number), Self.ranges(of: known) == old[number].ranges else {
          throw refusal
        }
        guard let change = changed[number] else { return }
        element = change.map { Self.changing(known, from: old[number], to: $0) }
      }
      if list["count"] != nil { list["count"] = String(list.children("dataValidation").count) }
    }
    if sheet.root.has("dataValidations") {
      try sheet.changeAll("dataValidations") { _, list in
        guard var changed = list else { return }
        try edit(&changed)
        // An empty list is not allowed.
        list = changed.has("dataValidation") ? changed : nil
      }
    }
    if number < old.count {
      try sheet.changeExtensions { content in
        guard content.has("dataValidations") else { return true }
        try content.changeAll("dataValidations") { _, list in
          guard var changed = list else { return }
          try edit(&changed)
          list = changed.has("dataValidation") ? changed : nil
        }
        return !content.childNames.isEmpty
      }
    }
    guard number == old.count else { throw refusal }
  }

  private static func ranges(of element: MarkupElement) -> [CellRange] {
    let text = element["sqref"] ?? element.child("sqref")?.text ?? ""
    return text.split { " \n\t\r".contains($0) }.compactMap { CellRange($0) }
  }

  /// A `<dataValidation>` in which what differs between two states is set. What the model does not know stays: the input
  /// method, whether messages show.
  private static func changing(
    _ element: MarkupElement, from old: DataValidation, to new: DataValidation
  ) -> MarkupElement {
    var element = element
    if old.ranges != new.ranges {
      let text = new.ranges.map(\.description).joined(separator: " ")
      // The extension keeps its ranges in an element.
      if element["sqref"] == nil, element.has("sqref") {
        element.changeAll("sqref") { _, ranges in ranges?.setText(text) }
      } else {
        element["sqref"] = text
      }
    }
    if old.kind != new.kind { element["type"] = new.kind == .any ? nil : new.kind.rawValue }
    if old.errorStyle != new.errorStyle {
      element["errorStyle"] = new.errorStyle == .stop ? nil : new.errorStyle.rawValue
    }
    if old.operator != new.operator {
      element["operator"] = new.operator == .between ? nil : new.operator.rawValue
    }
    if old.allowsBlank != new.allowsBlank { element["allowBlank"] = new.allowsBlank ? "1" : nil }
    // The attribute means the opposite of its name: 1 hides the arrow.
    if old.showsDropDown != new.showsDropDown { element["showDropDown"] = new.showsDropDown ? nil : "1" }
    set(new.prompt, old.prompt, "showInputMessage", "promptTitle", "prompt", of: &element)
    set(new.error, old.error, "showErrorMessage", "errorTitle", "error", of: &element)
    if old.formula1 != new.formula1 { set(new.formula1, "formula1", of: &element) }
    if old.formula2 != new.formula2 { set(new.formula2, "formula2", of: &element) }
    return element
  }

  private static func set(
    _ new: DataValidation.Message?, _ old: DataValidation.Message?, _ flag: String, _ title: String,
    _ text: String, of element: inout MarkupElement
  ) {
    if old == new { return }
    if new != nil { element[flag] = "1" }
    element[title] = new.flatMap { $0.title.isEmpty ? nil : $0.title }
    element[text] = new.flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  private static func set(_ formula: String?, _ name: String, of element: inout MarkupElement) {
    guard let formula = formula.map({ FormulaPrefixes.stored($0) }) else { return element.remove(name) }
    // The extension has its formulas one level deeper, with the prefix that its ranges have.
    let inner = element.child("sqref")?.prefix
    element.change(name, order: ["formula1", "formula2", "sqref"]) { child in
      if let inner {
        var text = MarkupElement("f", prefix: inner)
        text.setText(formula)
        child.remove("f")
        child.insert(text, order: ["f"])
      } else {
        child.setText(formula)
      }
    }
  }
}

extension DataValidation {
  /// A validation of the same cells that says nothing.
  fileprivate var itsRanges: DataValidation { DataValidation(ranges, kind: .any) }

  /// The same rule for no cell.
  fileprivate var itsRule: DataValidation {
    var rule = self
    rule.ranges = []
    return rule
  }
}
