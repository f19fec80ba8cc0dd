extension Chart {
  /// The chart as a part of a document of another kind, with what its ranges hold.
  ///
  /// - Parameters:
  ///   - axisBase: Ids for the axes, unique in the document, begin after this number.
  ///   - data: The relationship from the part to the workbook that the ranges lie in.
  package func part(axisBase: Int, data: String) -> String {
    String(decoding: ChartXML.part(self, axisBase: axisBase, data: data).array(), as: UTF8.self)
  }
}
