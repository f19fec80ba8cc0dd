/// The namespaces that parts use. Strict OOXML (`purl.oclc.org`) and transitional names mean the same and are one here.
enum XMLNamespace: UInt8, Sendable {
  /// No namespace, or none that this library reads.
  case none
  /// SpreadsheetML.
  case main
  /// `r:id` and its kin.
  case officeRelationships
  case packageRelationships
  case contentTypes
  case drawing
  case spreadsheetDrawing
  case chart
  case markupCompatibility
  /// Excel 2010's extensions.
  case x14
  /// Formulas and references inside extensions.
  case excelMain
  case threadedComments
  case coreProperties
  case extendedProperties
  case dublinCore
  case dublinCoreTerms
  case vml
  case vmlOffice
  case vmlExcel
  case xml
  /// XML Spreadsheet 2003.
  case spreadsheet2003
  /// HTML in the texts of XML Spreadsheet 2003.
  case html
  // OpenDocument.
  case odOffice, odTable, odText, odStyle, odFormat, odNumber
  /// LibreOffice's additions to `office:value-type`.
  case calcExtension

  init(uri: String) { self = Self.byURI[uri] ?? .none }

  private static let byURI: [String: XMLNamespace] = [
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": .main,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": .main,
    // The betas of Office 2007.
    "http://schemas.openxmlformats.org/spreadsheetml/2006/5/main": .main,
    "http://schemas.microsoft.com/office/excel/2006/2": .main,
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": .officeRelationships,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": .officeRelationships,
    "http://schemas.openxmlformats.org/package/2006/relationships": .packageRelationships,
    "http://schemas.openxmlformats.org/package/2006/content-types": .contentTypes,
    "http://schemas.openxmlformats.org/drawingml/2006/main": .drawing,
    "http://purl.oclc.org/ooxml/drawingml/main": .drawing,
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": .spreadsheetDrawing,
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": .spreadsheetDrawing,
    "http://schemas.openxmlformats.org/drawingml/2006/chart": .chart,
    "http://purl.oclc.org/ooxml/drawingml/chart": .chart,
    "http://schemas.openxmlformats.org/markup-compatibility/2006": .markupCompatibility,
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": .x14,
    "http://schemas.microsoft.com/office/excel/2006/main": .excelMain,
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": .threadedComments,
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": .coreProperties,
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": .extendedProperties,
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": .extendedProperties,
    "http://purl.org/dc/elements/1.1/": .dublinCore,
    "http://purl.org/dc/terms/": .dublinCoreTerms,
    "urn:schemas-microsoft-com:vml": .vml,
    "urn:schemas-microsoft-com:office:office": .vmlOffice,
    "urn:schemas-microsoft-com:office:excel": .vmlExcel,
    "http://www.w3.org/XML/1998/namespace": .xml,
    "urn:schemas-microsoft-com:office:spreadsheet": .spreadsheet2003,
    "http://www.w3.org/TR/REC-html40": .html,
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": .odOffice,
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": .odTable,
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": .odText,
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": .odStyle,
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": .odFormat,
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": .odNumber,
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": .calcExtension,
  ]
}
