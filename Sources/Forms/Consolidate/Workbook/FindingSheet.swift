import Foundation
import XLSX

/// `问题清单`: every finding with its place, errors first, by unit.
struct FindingSheet {
  let findings: [Finding]
  let campaign: Campaign
  let look: SheetLook
  let name: String
  let title: String?
  /// How many figures count by correction.
  var corrections = 0

  private static let columns: [(heading: String, width: Double)] = [
    ("序号", 6), ("级别", 7), ("规则", 7), ("表", 8), ("单位", 16), ("问题", 52), ("位置", 16), ("指标", 22), ("现为", 10),
    ("应为", 10), ("可能的数值", 30), ("文件", 34), ("说明", 26),
  ]
  private static let firstRow = 4

  func paint() -> SheetDraft {
    let sheet = SheetDraft(name)
    let lastColumn = Self.columns.count
    sheet.put(.text(title ?? name), over: CellRange(row: 1, columns: 1...lastColumn), look.title(18))
    sheet.height(34, of: 1)
    let explained = findings.explainedCount
    let counts =
      "错误\(findings.count(.error))条，核实\(findings.count(.warning))条，提示\(findings.count(.info))条"
      + (explained > 0 ? "，另有已说明\(explained)条。" : "。")
    sheet.put(
      .text(
        counts + "错误须更正，核实项须更正或说明，提示供参考；数字由填报单位更正，"
          + (corrections == 0 ? "本表未改动任何一个。" : "经审批更正的\(corrections)处已注明原值。")),
      over: CellRange(row: 2, columns: 1...lastColumn), look.note())
    sheet.height(20, of: 2)
    for (position, column) in Self.columns.enumerated() {
      sheet.put(.text(column.heading), row: 3, column: position + 1, look.heading)
      sheet.width(column.width, of: position + 1)
    }
    sheet.height(24, of: 3)
    let lines = FindingLines(findings).lines
    sheet.paintLater(rows: Self.firstRow..<(Self.firstRow + lines.count)) { row, sheet in
      paint(lines[row - Self.firstRow], at: row - Self.firstRow, on: sheet)
    }
    if findings.isEmpty {
      sheet.put(.text("没有发现问题"), over: CellRange(row: Self.firstRow, columns: 1...lastColumn), look.text())
      sheet.height(24, of: Self.firstRow)
    }
    sheet.autoFilter = CellRange(
      CellReference(row: 3, column: 1),
      CellReference(row: Self.firstRow + max(lines.count, 1) - 1, column: lastColumn))
    sheet.frozenAt = CellReference(row: Self.firstRow, column: 1)
    PageFit.whole(width: sheet.widths.values.reduce(0, +)).apply(to: &sheet.pageSetup)
    sheet.pageSetup.orientation = .landscape
    sheet.pageSetup.repeatedRows = 3...3
    return sheet
  }

  /// `…：10个单位（沁阳市总工会、孟州市总工会 …）`
  private static func message(of line: FindingLine) -> String {
    let message = line.message(in: .chinese, pronoun: "…")
    return line.units.isEmpty ? message : "\(message)（\(line.units.joined(separator: "、"))）"
  }

  private func paint(_ line: FindingLine, at position: Int, on sheet: SheetDraft) {
    let finding = line.finding
    let unit = line.units.isEmpty ? finding.unit : "\(line.units.count)个单位"
    let row = Self.firstRow + position
    let label = finding.form.map { id in campaign.forms.first { $0.id == id }?.label ?? id }
    let candidates = finding.candidates.map { $0.text(in: .chinese) }.joined(separator: "\n")
    let found: CellValue =
      switch finding.found {
      case .figure(let figure): .figure(figure)
      case .text(let text): .words(text)
      case nil: .empty
      }
    let fill: Fill? =
      switch finding.severity {
      case .error: SheetLook.errorFill
      case .warning: finding.note == nil ? SheetLook.warningFill : nil
      case .info: nil
      }
    let values: [(CellValue, Bool)] = [
      (.number(Double(position + 1)), false), (.text(finding.severity.word.chinese), false),
      (.words(finding.rule), false),
      (.words(label), false), (.words(unit), false), (.words(Self.message(of: line)), true),
      (.words(finding.place), false), (.words(finding.field?.rawValue), true), (found, false),
      (.figure(finding.expected), false), (.words(candidates), true), (.words(finding.file), true),
      (.words(finding.note?.words), true),
    ]
    for (offset, (value, isLong)) in values.enumerated() {
      sheet.put(
        value, row: row, column: offset + 1,
        look.text(isLong ? .left : .center).filled(offset == 1 ? fill : nil))
    }
    // Excel gives wrapped text no more room by itself once a row has a height; so the lines are counted here.
    let lines =
      zip(values, Self.columns).map { value, column in
        let text = value.0.text ?? ""
        return text.split(separator: "\n").reduce(0) {
          $0 + max(1, Int((Double($1.displayWidth) / (column.width - 2)).rounded(.up)))
        }
      }.max() ?? 1
    sheet.height(max(22, Double(min(lines, 24)) * 15 + 6), of: row)
  }
}

extension Finding.Note {
  /// `活动集中在社区举办（李四）`
  var words: String { officer.isEmpty ? text : "\(text)（\(officer)）" }
}
