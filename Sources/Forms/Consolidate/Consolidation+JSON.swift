import Foundation

extension Consolidation {
  /// The consolidation as `merge --format json` prints it.
  ///
  /// `totals` lists every field of the form, `null` where nobody reported anything; `units` lists who reported.
  public func json(language: Language) -> JSONValue {
    let object: JSONValue = [
      "forms": .object(forms.map { .init($0.form.id, $0.json) }),
      "corrections": .array((report.corrections ?? []).map { $0.json(language: language) }),
      "findings": .array(report.placedFindings.map { $0.freeJSON(language: language) }),
    ]
    return object.adding(report.decisions(language: language))
  }
}

extension FormConsolidation {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("reported", .integer(reported)), .init("expected", .integer(expected)),
      .init("totals", .object(values(of: totals))),
      .init("units", .array(units.filter(\.isReported).map(json))),
      .init("late", .integer(owing.count { $0.state == .late })),
      .init("missing", .array(missing.map { .string($0.name) })),
    ]
    if targetTable != nil, target > 0 {
      members += [
        .init("target", .integer(target)), .init("completed", .number(orNull: completed)),
        .init("rate", .number(orNull: Consolidation.rate(completed, of: target))),
      ]
    }
    // Only with last year's workbook.
    if let comparison = yearComparison {
      members.append(
        .init(
          "comparison",
          [
            "units": .integer(comparison.units), "previous": .number(comparison.previous),
            "current": .number(comparison.current), "change": .number(comparison.change),
            "growth": .number(orNull: comparison.growth),
          ]))
    }
    if let list = form.list, let listSums { members += listJSON(listSums, list) }
    // Only where an error is open.
    if !disputedUnits.isEmpty {
      let stand = disputed
      members.append(
        .init(
          "disputed",
          [
            "units": .array(disputedUnits.map { .string($0.name) }),
            "fields": .array(form.fields.map(\.key).filter(stand.contains).map { .string($0.rawValue) }),
            "completedWithout": .number(orNull: settled),
            "rateWithout": .number(orNull: Consolidation.rate(settled, of: target)),
          ]))
    }
    // Only where units stand below other units.
    if !offices.isEmpty {
      members.append(
        .init(
          "levels",
          .array(levels.map { ["reported": .integer($0.reported), "expected": .integer($0.expected)] })))
      members.append(.init("offices", .array(offices.map(json))))
    }
    return .object(members)
  }

  private func json(_ unit: UnitFigures) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("unit", .string(unit.unit.name)), .init("file", .string(orNull: unit.submission?.file)),
      .init("values", .object(values(of: unit.figures))),
      .init("target", unit.target.map(JSONValue.integer) ?? .null),
      .init("completed", .number(orNull: unit.completed)), .init("rate", .number(orNull: unit.rate)),
    ]
    if let previous = unit.previous { members.append(.init("previous", .number(previous))) }
    // Only where an error is open.
    let disputed = form.fields.map(\.key).filter(unit.isDisputed)
    if !disputed.isEmpty {
      members.append(.init("disputed", .array(disputed.map { .string($0.rawValue) })))
    }
    if let lines = unit.lines { members.append(.init("rows", .integer(lines.rows))) }
    if !unit.path.isEmpty { members.append(.init("office", .string(unit.pathText))) }
    return .object(members)
  }

  private func json(_ office: OfficeFigures) -> JSONValue {
    [
      "unit": .string(office.figures.unit.name), "office": .string(office.figures.pathText),
      "reported": .integer(office.reported), "expected": .integer(office.expected),
      "values": .object(values(of: office.figures.figures)),
      "target": office.figures.target.map(JSONValue.integer) ?? .null,
      "completed": .number(orNull: office.figures.completed), "rate": .number(orNull: office.figures.rate),
    ]
  }

  private func values(of figures: [FieldKey: Decimal]) -> [JSONValue.Member] {
    let keys = form.list?.totals ?? form.fields.map(\.key)
    return keys.map { .init($0.rawValue, .number(orNull: figures[$0])) }
  }
}
