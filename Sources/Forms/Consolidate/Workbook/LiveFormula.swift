import Foundation
import XLSX

/// The formulas of the consolidated workbook. All of them keep blank apart from zero: a sum over cells without any number
/// is an empty text, as Excel's own SUM would make it 0.
enum LiveFormula {
  /// `IF(COUNT(C5:D5)=0,"",SUM(C5:D5))`
  ///
  /// - Parameter scale: What the sum is multiplied by, 10,000 from 万人次 to 人次. The product is rounded to what decimals
  ///   a figure can have, as 0.57×10000 is 5699.999… in binary floating point.
  static func sum(_ references: [String], scaledBy scale: Int = 1) -> String {
    let list = references.joined(separator: ",")
    let sum = scale == 1 ? "SUM(\(list))" : "ROUND(SUM(\(list))*\(scale),6)"
    return "IF(COUNT(\(list))=0,\"\",\(sum))"
  }

  /// A ratio over many units, weighted: empty without any, rounded to what ``Consolidation`` has too.
  static func weighted(_ ratios: String, by weights: String) -> String {
    let whole = "SUMPRODUCT(ISNUMBER(\(ratios))*1,\(weights))"
    return "IF(\(whole)=0,\"\",ROUND(SUMPRODUCT(\(ratios),\(weights))/\(whole),6))"
  }

  /// What stands for a field over many units: the sum of its cells; of a ratio the weighted one, or a dash.
  ///
  /// - Parameters:
  ///   - range: The cells of a field, as a reference.
  ///   - sum: The formula that adds the field up.
  static func together(
    _ field: Field, giving figure: Decimal?, range: (FieldKey) -> String?, sum: () -> String
  ) -> CellValue {
    switch field.ratio {
    case nil: return .formula(sum(), giving: figure)
    case .weighted(let weight):
      if let ratios = range(field.key), let weights = range(weight) {
        return .formula(weighted(ratios, by: weights), giving: figure)
      }
      return .text("—")
    case .unweighted: return .text("—")
    }
  }

  /// A quotient; empty where there is nothing to divide, or nothing to divide by.
  static func rate(_ part: CellReference, of whole: CellReference) -> String {
    "IF(OR(\(part)=\"\",N(\(whole))=0),\"\",\(part)/\(whole))"
  }

  /// What is left to do; empty where nothing was reported.
  static func shortfall(_ part: CellReference, of whole: CellReference) -> String {
    "IF(\(part)=\"\",\"\",\(whole)-\(part))"
  }

  /// References to cells, neighbours joined to ranges: `C5:D5`, `C5,E5`.
  static func references(to cells: [CellReference], onSheet sheet: String? = nil) -> [String] {
    let prefix = sheet.map { quoted($0) + "!" } ?? ""
    return CellRange.joining(cells).map { prefix + $0.description }
  }

  /// A sheet's name in a formula, always in quotes: `'附件2分单位'`.
  static func quoted(_ sheet: String) -> String {
    sheet.utf8.contains(UInt8(ascii: "'")) ? "'" + sheet.replacing("'", with: "''") + "'" : "'\(sheet)'"
  }
}
