extension Worksheet {
  /// Adds a rule for what may be typed into cells.
  ///
  ///     try sheet.addValidation(DataValidation(["C6:D15"], kind: .whole, operator: .greaterThanOrEqual, formula1: "0"))
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel refuses: a title of more than 32, a message or list of
  ///   more than 255 UTF-16 units, a missing operand, no range.
  public func addValidation(_ validation: DataValidation) throws {
    try ValidationRules.check(validation, sheet: name)
    content.validations.append(validation)
  }

  /// Lets a cell of a range take one of a few words, offered in a list. For longer lists name a range:
  /// `DataValidation([range], kind: .list, formula1: "$H$1:$H$40")`.
  public func addValidation(
    ofWords words: [String], for range: CellRange, error: DataValidation.Message? = nil
  ) throws {
    if let bad = words.first(where: { $0.contains(",") }) {
      throw ContentRules.invalid(
        "The word \"\(bad)\" has a comma, which separates the words of a list", sheet: name)
    }
    let list = words.joined(separator: ",").split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    try addValidation(DataValidation([range], kind: .list, formula1: "\"\(list)\"", error: error))
  }

  /// The rules for what may be typed into cells. What is set here is checked when the workbook is saved.
  ///
  ///     sheet.validations.removeAll { $0.kind == .list }
  public var validations: [DataValidation] {
    get { content.validations }
    set { content.validations = newValue }
  }

  /// Adds a format that depends on what cells hold. Of several for one cell, the first added wins.
  ///
  /// - Throws: ``XLSXError/Code/invalidContent`` for what Excel refuses: no range, an icon set of another number of
  ///   thresholds than icons, a colour scale of other than 2 or 3 points.
  public func addConditionalFormat(_ format: ConditionalFormat) throws {
    try ConditionalFormatRules.check(format, sheet: name)
    content.conditionalFormats.append(format)
  }

  /// Lets cells of one range look otherwise where a rule holds.
  public func addConditionalFormat(_ rule: ConditionalFormat.Rule, for range: CellRange) throws {
    try addConditionalFormat(ConditionalFormat([range], rule))
  }

  /// The formats that depend on what cells hold, in order of priority. What is set here is checked when the workbook is saved.
  ///
  ///     sheet.conditionalFormats.removeAll { $0.ranges == ["C6:D15"] }
  public var conditionalFormats: [ConditionalFormat] {
    get { content.conditionalFormats }
    set { content.conditionalFormats = newValue }
  }
}
