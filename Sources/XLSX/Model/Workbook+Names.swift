/// Names as a dictionary, from what they are called to what they stand for.
extension Workbook {
  /// The names that hold in the whole workbook, with their formulas.
  ///
  ///     book.names["合计"] = "'附件2'!$E$6"
  ///     book.names["旧"] = nil
  ///
  /// What is set is checked when the workbook is saved; ``addName(_:formula:sheet:hidden:)`` checks at once.
  public var names: [String: String] {
    get { names(ofSheet: nil) }
    set { setNames(newValue, ofSheet: nil) }
  }

  fileprivate func names(ofSheet sheet: String?) -> [String: String] {
    Dictionary(firstOf: definedNames.filter { $0.sheet == sheet }.map { ($0.name, $0.formula) })
  }

  fileprivate func setNames(_ names: [String: String], ofSheet sheet: String?) {
    var missing = names
    definedNames = definedNames.compactMap { name in
      guard name.sheet == sheet else { return name }
      guard let formula = missing.removeValue(forKey: name.name) else { return nil }
      var name = name
      name.formula = formula
      return name
    }
    for (name, formula) in missing.sorted(by: { $0.key < $1.key }) {
      definedNames.append(DefinedName(name, formula: formula, sheet: sheet))
    }
  }
}

extension Worksheet {
  /// The names that hold in this sheet only, with their formulas. None for a sheet whose workbook is gone.
  public var names: [String: String] {
    get { book?.names(ofSheet: name) ?? [:] }
    set { book?.setNames(newValue, ofSheet: name) }
  }
}
