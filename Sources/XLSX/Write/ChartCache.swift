/// What a chart's ranges hold, taken from the workbook's cells where the caller did not say.
enum ChartCache {
  /// A chart that was changed: what its ranges held before is worth nothing where they are others now.
  static func filled(_ chart: Chart, since old: Chart, from workbook: Workbook) -> Chart {
    var chart = chart
    for (place, series) in chart.series.enumerated() {
      guard let mark = series.origin.mark, let before = old.series.first(where: { $0.origin.mark === mark })
      else { continue }
      if series.values != before.values, series.cachedValues == before.cachedValues {
        chart.series[place].cachedValues = []
      }
      if series.categories != before.categories, series.cachedCategories == before.cachedCategories {
        chart.series[place].cachedCategories = []
      }
    }
    return filled(chart, from: workbook)
  }

  static func filled(_ chart: Chart, from workbook: Workbook) -> Chart {
    var chart = chart
    for place in chart.series.indices {
      let series = chart.series[place]
      if series.cachedValues.isEmpty, let cells = cells(series.values, in: workbook) {
        chart.series[place].cachedValues = cells.map { $0.value.number.flatMap { $0.isFinite ? $0 : nil } }
      }
      if series.cachedCategories.isEmpty, let cells = cells(series.categories, in: workbook) {
        let areNumbers =
          series.origin.mark?.hasNumericCategories == true || (series.kind ?? chart.kind) == .scatter
        chart.series[place].cachedCategories = cells.map { cell in
          if areNumbers {
            // As the file spells it: 19, not 19.0.
            return cell.value.number.map { Int(exactly: $0).map { "\($0)" } ?? "\($0)" } ?? ""
          }
          return cell.value.text
            ?? cell.value.number.map {
              CompiledNumberFormat(cell.style.numberFormat).text(
                forNumber: $0, dateSystem: workbook.dateSystem)
            } ?? ""
        }
      }
    }
    return chart
  }

  /// The cells of `'sheet'!$A$1:$A$9`; `nil` for anything else, and for ranges too long to draw.
  private static func cells(_ reference: String, in workbook: Workbook) -> [(value: CellValue, style: Style)]?
  {
    guard let mark = reference.lastIndex(of: "!"),
      let range = CellRange(reference[reference.index(after: mark)...]), range.count <= 32_000
    else { return nil }
    var name = String(reference[..<mark])
    if name.hasPrefix("'"), name.hasSuffix("'"), name.count > 1 {
      name = name.dropFirst().dropLast().split(separator: "''", omittingEmptySubsequences: false).joined(
        separator: "'")
    }
    guard let position = workbook.sheets.firstIndex(where: { $0.name.lowercased() == name.lowercased() }),
      let sheet = workbook.loadedSheet(at: position)
        ?? (workbook.source == nil ? nil : try? workbook.sheet(at: position))
    else { return nil }
    return range.rows.flatMap { row in
      range.columns.map { column in
        let cell = CellReference(row: row, column: column)
        return (sheet[cell], sheet.style(at: cell))
      }
    }
  }
}
