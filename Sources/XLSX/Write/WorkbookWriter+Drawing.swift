/// Pictures and charts.
extension WorkbookWriter {
  /// - Returns: The name of the drawing part, if the sheet has pictures or charts.
  mutating func addDrawing(of sheet: Worksheet) throws(XLSXError) -> String? {
    nil
  }
}
