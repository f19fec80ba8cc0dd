/// Data validations (ECMA-376 Part 1, 18.3.1.32 and 18.3.1.33).
enum ValidationXML {
  static func append(_ validations: [DataValidation], to xml: inout ByteBuffer) {
    if validations.isEmpty { return }
    xml.begin("dataValidations")
    xml.attribute("count", validations.count)
    xml.endTag()
    for validation in validations { append(validation, to: &xml) }
    xml.end("dataValidations")
  }

  static func append(_ validation: DataValidation, to xml: inout ByteBuffer) {
    xml.begin("dataValidation")
    if validation.kind != .any { xml.attribute("type", validation.kind.rawValue) }
    if validation.errorStyle != .stop { xml.attribute("errorStyle", validation.errorStyle.rawValue) }
    let compares = validation.kind != .any && validation.kind != .list && validation.kind != .custom
    if compares && validation.operator != .between { xml.attribute("operator", validation.operator.rawValue) }
    if validation.allowsBlank { xml.attribute("allowBlank", 1) }
    // The attribute means the opposite of its name: 1 hides the arrow.
    if validation.kind == .list && !validation.showsDropDown { xml.attribute("showDropDown", 1) }
    if validation.prompt != nil { xml.attribute("showInputMessage", 1) }
    if validation.kind != .any { xml.attribute("showErrorMessage", 1) }
    if let error = validation.error {
      if !error.title.isEmpty { xml.attribute("errorTitle", error.title) }
      if !error.text.isEmpty { xml.attribute("error", error.text) }
    }
    if let prompt = validation.prompt {
      if !prompt.title.isEmpty { xml.attribute("promptTitle", prompt.title) }
      if !prompt.text.isEmpty { xml.attribute("prompt", prompt.text) }
    }
    xml.attribute("sqref", ranges: validation.ranges)
    guard validation.kind != .any, let first = validation.formula1 else {
      xml.endEmpty()
      return
    }
    xml.endTag()
    xml.append("<formula1>")
    xml.append(plainText: FormulaPrefixes.stored(first))
    xml.append("</formula1>")
    if let second = validation.formula2, compares {
      xml.append("<formula2>")
      xml.append(plainText: FormulaPrefixes.stored(second))
      xml.append("</formula2>")
    }
    xml.end("dataValidation")
  }
}
