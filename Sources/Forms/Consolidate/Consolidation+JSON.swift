import Foundation

extension Consolidation {
  /// The consolidation as `merge --format json` prints it.
  ///
  /// `totals` lists every field of the form, `null` where nobody reported anything; `units` lists who reported.
  public func json(language: Language) -> JSONValue {
    var tree = JSONTree()
    write(to: &tree, language: language)
    return tree.value
  }

  /// Writes the same as UTF-8, on one line without a line break at its end, piece by piece: the memory that it takes does
  /// not grow with the units.
  public func writeJSON(language: Language, to output: @escaping (UnsafeRawBufferPointer) -> Void) {
    var bytes = JSONBytes(output: output)
    write(to: &bytes, language: language)
    bytes.flush()
  }

  private func write(to sink: inout some JSONSink, language: Language) {
    sink.object { sink in
      sink.member("forms") { sink in
        sink.object { sink in
          for form in forms {
            let further = furtherTargets.filter { $0.form.id == form.form.id }
            sink.member(form.form.id) { form.write(further: further, to: &$0) }
          }
        }
      }
      sink.member("corrections") {
        $0.array(report.corrections ?? []) { $1.json(language: language, campaign: campaign).write(to: &$0) }
      }
      sink.member("findings") {
        $0.array(report.placedFindings) {
          $1.writeFree(to: &$0, language: language)
          $0.handOver()
        }
      }
      for decision in report.decisions(language: language) {
        sink.member(decision.key) { decision.value.write(to: &$0) }
      }
    }
  }
}

extension FormConsolidation {
  /// - Parameter further: The form held against its other tables of targets.
  fileprivate func write(further: [FormConsolidation], to sink: inout some JSONSink) {
    sink.object { sink in
      sink.member("reported", whole: reported)
      sink.member("expected", whole: expected)
      sink.member("totals") { sink in
        sink.object { sink in
          for key in keys { sink.member(key.rawValue, number: totals[key]) }
        }
      }
      sink.member("units") {
        $0.array(units.lazy.filter(\.isReported)) {
          write($1, to: &$0)
          $0.handOver()
        }
      }
      sink.member("late", whole: owing.count { $0.state == .late })
      sink.member("missing") { $0.array(missing) { $0.string($1.name) } }
      if targetTable != nil, target > 0 {
        sink.member("target", whole: target)
        sink.member("completed", number: completed)
        sink.member("rate", number: Consolidation.rate(completed, of: target))
      }
      // Only where there are several tables of targets.
      if !further.isEmpty {
        sink.member("targets") { sink in
          sink.object { sink in
            for one in [self] + further {
              sink.member(one.targetTable?.label ?? "") { one.writeTargets(to: &$0) }
            }
          }
        }
      }
      // Only with last year's workbook.
      if let comparison = yearComparison {
        sink.member("comparison") { sink in
          sink.object { sink in
            sink.member("units", whole: comparison.units)
            sink.member("previous", number: comparison.previous)
            sink.member("current", number: comparison.current)
            sink.member("change", number: comparison.change)
            sink.member("growth", number: comparison.growth)
          }
        }
      }
      if let year = listYear {
        sink.member("lastYear") { sink in
          sink.object { sink in
            sink.member("units", whole: year.units)
            sink.member("previous") { writeLines(year.previous, to: &$0) }
            sink.member("current") { writeLines(year.current, to: &$0) }
          }
        }
      }
      if let list = form.list, let listSums {
        for member in listJSON(listSums, list) { sink.member(member.key) { member.value.write(to: &$0) } }
      }
      // Only where an error is open.
      if !disputedUnits.isEmpty {
        let stand = disputed
        sink.member("disputed") { sink in
          sink.object { sink in
            sink.member("units") { $0.array(disputedUnits) { $0.string($1.name) } }
            sink.member("fields") {
              $0.array(form.fields.lazy.map(\.key).filter(stand.contains)) { $0.string($1.rawValue) }
            }
            sink.member("completedWithout", number: settled)
            sink.member("rateWithout", number: Consolidation.rate(settled, of: target))
          }
        }
      }
      // Only where units stand below other units.
      guard !offices.isEmpty else { return }
      sink.member("levels") {
        $0.array(levels) { sink, level in
          sink.object {
            $0.member("reported", whole: level.reported)
            $0.member("expected", whole: level.expected)
          }
        }
      }
      sink.member("offices") { $0.array(offices) { write($1, to: &$0) } }
    }
  }

  /// One of several tables of targets.
  private func writeTargets(to sink: inout some JSONSink) {
    sink.object { sink in
      sink.member("target", whole: target)
      sink.member("completed", number: completed)
      sink.member("rate", number: Consolidation.rate(completed, of: target))
      sink.member("units") {
        $0.array(top.filter { $0.isReported && $0.target != nil }) { sink, unit in
          sink.object {
            $0.member("unit", text: unit.unit.name)
            writeTarget(of: unit, to: &$0)
          }
        }
      }
    }
  }

  /// The figures that are told: of a list those of its columns that are added up.
  private var keys: [FieldKey] { form.list?.totals ?? form.fields.map(\.key) }

  private func write(_ unit: UnitFigures, to sink: inout some JSONSink) {
    sink.object { sink in
      sink.member("unit", text: unit.unit.name)
      sink.member("file", text: unit.submission?.file)
      sink.member("values") { write(unit.figures, to: &$0) }
      writeTarget(of: unit, to: &sink)
      if let previous = unit.previous { sink.member("previous", number: previous) }
      if let lastYear = unit.previousLines {
        sink.member("lastYear") { writeLines(lastYear, to: &$0) }
      }
      // Only where an error is open.
      let disputed = form.fields.map(\.key).filter(unit.isDisputed)
      if !disputed.isEmpty {
        sink.member("disputed") { $0.array(disputed) { $0.string($1.rawValue) } }
      }
      if let lines = unit.lines { sink.member("rows", whole: lines.rows) }
      if !unit.path.isEmpty { sink.member("office", text: unit.pathText) }
    }
  }

  private func write(_ office: OfficeFigures, to sink: inout some JSONSink) {
    sink.object { sink in
      sink.member("unit", text: office.figures.unit.name)
      sink.member("office", text: office.figures.pathText)
      sink.member("reported", whole: office.reported)
      sink.member("expected", whole: office.expected)
      sink.member("values") { write(office.figures.figures, to: &$0) }
      writeTarget(of: office.figures, to: &sink)
      if let lines = office.figures.lines { sink.member("rows", whole: lines.rows) }
    }
  }

  private func writeTarget(of unit: UnitFigures, to sink: inout some JSONSink) {
    sink.member("target", number: unit.target.map { Decimal($0) })
    sink.member("completed", number: unit.completed)
    sink.member("rate", number: unit.rate)
  }

  /// A list's sums, its number of lines first.
  private func writeLines(_ figures: [FieldKey: Decimal], to sink: inout some JSONSink) {
    sink.object { sink in
      for key in [ListRules.countKey] + keys { sink.member(key.rawValue, number: figures[key]) }
    }
  }

  private func write(_ figures: FieldFigures, to sink: inout some JSONSink) {
    sink.object { sink in
      for key in keys { sink.member(key.rawValue, number: figures[key]) }
    }
  }
}
