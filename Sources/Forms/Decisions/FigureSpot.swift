import Foundation
import XLSX

/// Where a submission keeps a value.
enum FigureSpot {
  case reading(Int)
  /// In the 合计 line of a list.
  case total(Int)
  case line(ListLines.Place)
}

extension Submission {
  /// The values that stand in a cell of a sheet: one, or several where a merged cell stands for them.
  func figures(
    at cell: CellReference?, sheet name: String, _ campaign: Campaign
  ) -> [(spot: FigureSpot, reading: Reading)] {
    guard let list else {
      return readings.indices.filter { readings[$0].cell == cell }.map { (.reading($0), readings[$0]) }
    }
    guard let cell, let fields = campaign.form(form)?.fields else { return [] }
    var found: [(spot: FigureSpot, reading: Reading)] = []
    for (index, total) in list.totals.enumerated() where total.cell == cell && total.sheet ?? sheet == name {
      found.append((.total(index), total))
    }
    for line in list.lines.lines(inRow: cell.row) where list.lines.sheet(of: line) ?? sheet == name {
      for (index, reading) in list.lines.readings(line, of: fields).enumerated()
      where reading.cell == cell && fields[index].type != .index {
        found.append((.line(ListLines.Place(line: line, field: index)), reading))
      }
    }
    return found
  }

  /// Puts another value in a place: what the office decided.
  mutating func correct(
    _ spot: FigureSpot, _ reading: Reading, to value: FieldValue, by correction: Correction
  ) {
    var reading = reading
    reading.correct(to: value, by: correction)
    switch spot {
    case .reading(let index): readings[index] = reading
    case .total(let index): list?.totals[index] = reading
    case .line(let place):
      list?.lines.correct(place, to: reading.state, note: .corrected(correction), raw: reading.raw)
    }
  }
}

extension ListLines {
  /// The lines that stand in a row, on whatever sheet.
  func lines(inRow row: Int) -> [Int] { (0..<count).filter { self.row($0) == row } }
}
