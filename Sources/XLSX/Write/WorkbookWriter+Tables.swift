/// Tables.
extension WorkbookWriter {
  /// - Returns: The names of the table parts.
  mutating func addTables(of sheet: Worksheet) throws(XLSXError) -> [String] {
    []
  }
}
extension WorkbookRules {
  static func checkTables(of workbook: Workbook) throws(XLSXError) {}
}
