extension FunctionTable {
  static let conditionalSums: [String: FormulaFunction] = [
    "COUNTIF": .operands(2...2) { .scalar(.number(Double(try matching($0, [(0, 1)], values: nil).count))) },
    "COUNTIFS": .operands(2...254) {
      .scalar(.number(Double(try matching($0, pairs($0, from: 0), values: nil).count)))
    },
    "SUMIF": .operands(2...3) { call in
      let found = try matching(call, [(0, 1)], values: call.has(2) ? 2 : 0)
      return .scalar(Scalar(checking: found.numbers.reduce(0, Arithmetic.sum)))
    },
    "SUMIFS": .operands(3...255) { call in
      let found = try matching(call, pairs(call, from: 1), values: 0)
      return .scalar(Scalar(checking: found.numbers.reduce(0, Arithmetic.sum)))
    },
    "AVERAGEIF": .operands(2...3) { call in
      .scalar(try average(matching(call, [(0, 1)], values: call.has(2) ? 2 : 0).numbers))
    },
    "AVERAGEIFS": .operands(3...255) {
      .scalar(try average(matching($0, pairs($0, from: 1), values: 0).numbers))
    },
    "MAXIFS": .operands(3...255) {
      .scalar(.number(try matching($0, pairs($0, from: 1), values: 0).numbers.max() ?? 0))
    },
    "MINIFS": .operands(3...255) {
      .scalar(.number(try matching($0, pairs($0, from: 1), values: 0).numbers.min() ?? 0))
    },
  ]

  private static func pairs(_ call: FunctionCall, from start: Int) throws -> [(range: Int, criterion: Int)] {
    guard (call.count - start).isMultiple(of: 2) else { throw Interruption.error(.value) }
    return stride(from: start, to: call.count, by: 2).map { ($0, $0 + 1) }
  }

  /// The places where every range meets its criterion: how many, and the numbers that stand there in the range of
  /// values.
  private static func matching(
    _ call: FunctionCall, _ pairs: [(range: Int, criterion: Int)], values: Int?
  ) throws -> (count: Int, numbers: [Double]) {
    var tests: [(area: Area, criterion: Criterion)] = []
    for pair in pairs {
      // An error is a criterion like others: it counts the cells with that error.
      let criterion: Scalar
      do {
        criterion = try call.scalar(pair.criterion)
      } catch Interruption.error(let error) {
        criterion = .error(error)
      }
      tests.append((try call.area(pair.range), Criterion(criterion, call.dateSystem)))
    }
    guard let shape = tests.first?.area.range else { return (0, []) }
    guard
      tests.allSatisfy({
        $0.area.range.rows.count == shape.rows.count && $0.area.range.columns.count == shape.columns.count
      })
    else { throw Interruption.error(.value) }
    let valueArea = try values.map { try call.area($0) }

    // Beyond the cells that the sheets have all places are alike.
    var rows = 1
    var columns = 1
    for area in tests.map(\.area) + [valueArea].compactMap(\.self) {
      let clipped = try call.evaluator.clipped(area)
      rows = max(rows, min(clipped.rows.count, shape.rows.count))
      columns = max(columns, min(clipped.columns.count, shape.columns.count))
    }
    func value(_ area: Area, _ row: Int, _ column: Int) throws -> Scalar {
      let cell = area.range.first.offset(rows: row, columns: column)
      return cell.isInGrid ? try call.evaluator.precedent(CellAddress(sheet: area.sheet, cell: cell)) : .blank
    }
    var count = 0
    var numbers: [Double] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let isMatch = try tests.allSatisfy {
          let found = try value($0.area, row, column)
          if case .text(let text) = found {
            try call.evaluator.chargeSearch($0.criterion.patternLength + 4, text.utf8.count)
          }
          return $0.criterion.matches(found, call.dateSystem)
        }
        guard isMatch else { continue }
        count += 1
        guard let valueArea else { continue }
        switch try value(valueArea, row, column) {
        case .number(let number): numbers.append(number)
        case .error(let error): throw Interruption.error(error)
        default: break
        }
      }
    }
    if tests.allSatisfy(\.criterion.matchesBlank) { count += shape.count - rows * columns }
    return (count, numbers)
  }
}
