import Foundation
import Testing
import XLSX

@testable import Forms

@Test("scratch", .enabled(if: FileManager.default.fileExists(atPath: "/tmp/loc/grids.json")))
func scratch() throws {
  let bench = try LocateBench.notice.get()
  let all = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "/tmp/loc/grids.json"))) as! [[String: Any]]
  var out: [[String: Any]] = []
  for book in all {
    var grids: [Grid] = []
    for s in book["sheets"] as! [[String: Any]] {
      var g = Grid(name: s["name"] as! String, isHidden: s["hidden"] as! Bool)
      for m in s["merges"] as! [String] { if let r = CellRange(m) { g.merges.append(r) } }
      g.hiddenRows = Set(s["hrows"] as! [Int])
      for (k, v) in s["cells"] as! [String: [String: Any]] {
        guard let c = CellReference(k) else { continue }
        var cell = GridCell(.blank)
        if let t = v["t"] as? String { cell.value = .text(t) }
        if let n = v["n"] as? String { cell.value = .number(Decimal(string: n)!) }
        if let e = v["e"] as? String { cell.value = .error(e) }
        if let f = v["f"] as? String { cell.formula = f }
        cell.isDate = v["d"] as? Bool ?? false
        g.cells[c] = cell
      }
      grids.append(g)
    }
    let subs = bench.read(grids, file: book["file"] as! String)
    out.append(["file": book["path"] as! String, "subs": subs.map { s in
      ["form": s.form, "sheet": s.sheet, "unit": s.unit?.name ?? "", "filledOn": s.filledOn?.description ?? "", "filledBy": s.filledBy ?? "", "phone": s.phone ?? "",
       "values": s.figures.mapValues { "\($0)" }, "missing": s.shape.missingHeadings.map { $0.joined(separator: "/") },
       "aliases": s.shape.aliases.map { "\($0.label)<-\($0.written)@\($0.cell)" }, "re": [s.shape.rowsReordered, s.shape.columnsReordered],
       "cells": Dictionary(uniqueKeysWithValues: s.readings.compactMap { r in r.cell.map { (r.field.rawValue, $0.description) } }),
       "head": Dictionary(uniqueKeysWithValues: s.head.map { ($0.key.rawValue, ($0.value.cell?.description ?? "-") + "=" + $0.value.raw) }),
       "totals": s.shape.grandTotals.map { "\($0.label)|\($0.column)|\($0.cell)|\($0.figure)|\($0.parts.map(\.rawValue).joined(separator: "+"))" },
       "notes": Dictionary(uniqueKeysWithValues: s.readings.filter { !$0.notes.isEmpty }.map { ($0.field.rawValue, "\($0.notes)") }),
       "table": s.shape.table?.description ?? ""] as [String: Any]
    }])
  }
  try JSONSerialization.data(withJSONObject: out, options: [.sortedKeys]).write(to: URL(fileURLWithPath: "/tmp/loc/out.json"))
}
