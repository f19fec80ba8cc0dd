extension DataValidation {
  /// Reads a `<dataValidation>`, of the sheet itself or of Excel 2010's extension, whose formulas and ranges are elements;
  /// `nil` if it holds for no cell.
  init?(element: XMLElement) {
    let ranges = element.ranges
    guard !ranges.isEmpty else { return nil }
    self.init(ranges, kind: element["type"].flatMap { Kind(rawValue: $0) } ?? .any)
    `operator` = element["operator"].flatMap { Operator(rawValue: $0) } ?? .between
    formula1 = Self.formula(element.child("formula1"))
    formula2 = Self.formula(element.child("formula2"))
    allowsBlank = element.flag("allowBlank") ?? false
    // The attribute means the opposite of its name: 1 hides the arrow.
    showsDropDown = !(element.flag("showDropDown") ?? false)
    errorStyle = element["errorStyle"].flatMap { ErrorStyle(rawValue: $0) } ?? .stop
    prompt = Self.message(element["promptTitle"], element["prompt"])
    error = Self.message(element["errorTitle"], element["error"])
  }

  private static func formula(_ element: XMLElement?) -> String? {
    guard let element else { return nil }
    let text = element.child("f")?.text ?? element.text
    return text.isEmpty ? nil : FormulaPrefixes.shown(text)
  }

  private static func message(_ title: String?, _ text: String?) -> Message? {
    if (title ?? "").isEmpty && (text ?? "").isEmpty { return nil }
    return Message(title: (title ?? "").decodingEscapes, text: (text ?? "").decodingEscapes)
  }
}
