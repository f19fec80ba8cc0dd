/// The XML namespaces of the parts, in their transitional form where nothing else is said.
enum Namespace {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  /// ``main`` of ISO 29500 Strict.
  static let strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main"
  static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
  static let spreadsheetDrawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
  static let markupCompatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
  static let revision = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
  static let threadedComments = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
  /// Excel 2010's extensions, and the formulas and ranges in them.
  static let x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
  static let excelMain = "http://schemas.microsoft.com/office/excel/2006/main"
  static let chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
  // Those of ISO 29500 Strict.
  static let strictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships"
  static let strictDrawing = "http://purl.oclc.org/ooxml/drawingml/main"
  static let strictSpreadsheetDrawing = "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
  static let strictChart = "http://purl.oclc.org/ooxml/drawingml/chart"
}
