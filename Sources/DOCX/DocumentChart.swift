import XLSX

/// A chart that Word draws itself, with its figures in a workbook inside the document, so that they can be looked at and
/// edited there.
package struct DocumentChart: Sendable {
  package struct Series: Sendable {
    package var name: String
    /// As many as there are categories; `nil` draws nothing.
    package var values: [Double?]
    package var color: Color?

    package init(name: String, values: [Double?], color: Color? = nil) {
      self.name = name
      self.values = values
      self.color = color
    }
  }

  package var kind: Chart.Kind
  package var title: String?
  package var categories: [String]
  package var series: [Series]
  package var stacking = Chart.Stacking.clustered
  package var numberFormat = NumberFormat.general
  package var showsDataLabels = false
  package var showsLegend = true
  /// Where the axis of values ends; longer bars are cut there.
  package var maximum: Double?
  package var width: Double
  package var height: Double
  /// What the chart shows, for whoever does not see it.
  package var description = ""

  package init(
    _ kind: Chart.Kind, title: String?, categories: [String], series: [Series], width: Double, height: Double
  ) {
    self.kind = kind
    self.title = title
    self.categories = categories
    self.series = series
    self.width = width
    self.height = height
  }

  private static let sheet = "Sheet1"

  /// The workbook with the figures: categories in the first column, a series in each further one.
  ///
  /// - Throws: `XLSXError` for what Excel would refuse.
  func workbook() throws -> [UInt8] {
    let book = Workbook()
    let sheet = try book.addSheet(named: Self.sheet)
    for (position, category) in categories.enumerated() {
      sheet[CellReference(row: position + 2, column: 1)] = .text(category)
    }
    for (position, series) in series.enumerated() {
      sheet[CellReference(row: 1, column: position + 2)] = .text(series.name)
      for (row, value) in series.values.enumerated() {
        let cell = CellReference(row: row + 2, column: position + 2)
        if let value { sheet[cell] = .number(value) }
        sheet.changeStyle(for: CellRange(cell)) { $0.numberFormat = numberFormat }
      }
    }
    return try book.serialized()
  }

  func part(axisBase: Int, data: String) -> String {
    let last = max(2, categories.count + 1)
    func range(_ column: Int) -> String {
      let name = CellReference.columnName(column)
      return "\(Self.sheet)!$\(name)$2:$\(name)$\(last)"
    }
    let drawn = series.enumerated().map { position, series in
      Chart.Series(
        name: series.name, categories: range(1), values: range(position + 2), cachedCategories: categories,
        cachedValues: series.values, color: series.color)
    }
    var chart = Chart(kind, title: title, series: drawn, area: CellRange(CellReference(row: 1, column: 1)))
    chart.stacking = stacking
    chart.numberFormat = numberFormat
    chart.showsDataLabels = showsDataLabels
    chart.showsLegend = showsLegend
    chart.valueAxisMaximum = maximum
    return chart.part(axisBase: axisBase, data: data)
  }
}
