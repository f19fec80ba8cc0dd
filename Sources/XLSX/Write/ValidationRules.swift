/// What Excel refuses in a data validation.
enum ValidationRules {
  static func check(_ validation: DataValidation, sheet: String) throws(XLSXError) {
    guard let cell = validation.ranges.first?.first else {
      throw ContentRules.invalid("A data validation has no range", sheet: sheet)
    }
    for range in validation.ranges { try ContentRules.checkInGrid(range, "A data validation", sheet: sheet) }
    for (message, what) in [(validation.prompt, "prompt"), (validation.error, "error message")] {
      guard let message else { continue }
      try ContentRules.checkLength(
        message.title, atMost: 32, "The title of a validation's \(what)", sheet: sheet, cell: cell)
      try ContentRules.checkLength(
        message.text, atMost: 255, "The text of a validation's \(what)", sheet: sheet, cell: cell)
    }
    guard validation.kind != .any else { return }
    guard let first = validation.formula1 else {
      throw ContentRules.invalid("A data validation has no operand (formula1)", sheet: sheet, cell: cell)
    }
    try ContentRules.checkFormula(first, "A data validation's operand", sheet: sheet, cell: cell)
    if validation.kind == .list, first.hasPrefix("\"") {
      // Two quotation marks stand around the list.
      try ContentRules.checkLength(
        first, atMost: 257, "The list of a data validation (name a range instead)", sheet: sheet, cell: cell)
    }
    let takesTwo = validation.operator == .between || validation.operator == .notBetween
    if let second = validation.formula2 {
      try ContentRules.checkFormula(second, "A data validation's second operand", sheet: sheet, cell: cell)
    } else if takesTwo && validation.kind != .list && validation.kind != .custom {
      throw ContentRules.invalid(
        "A data validation with \(validation.operator.rawValue) needs a second operand (formula2)",
        sheet: sheet,
        cell: cell)
    }
  }
}
