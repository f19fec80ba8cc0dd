/// The content type of a part (ECMA-376 Part 1, 15.2 and 12.3). Libraries beside this one add those of their own parts.
package struct PartType: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  private init(_ rawValue: String) { self.rawValue = rawValue }

  static let workbook = PartType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
  static let worksheet = PartType("application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
  package static let styles = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
  static let sharedStrings = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml")
  package static let theme = PartType("application/vnd.openxmlformats-officedocument.theme+xml")
  package static let comments = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
  static let threadedComments = PartType("application/vnd.ms-excel.threadedcomments+xml")
  static let persons = PartType("application/vnd.ms-excel.person+xml")
  static let vmlDrawing = PartType("application/vnd.openxmlformats-officedocument.vmlDrawing")
  static let drawing = PartType("application/vnd.openxmlformats-officedocument.drawing+xml")
  package static let chart = PartType("application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
  static let sheetMetadata = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml")
  static let pivotTable = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml")
  static let pivotCacheDefinition = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml")
  static let pivotCacheRecords = PartType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheRecords+xml")
  static let table = PartType("application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml")
  package static let coreProperties = PartType("application/vnd.openxmlformats-package.core-properties+xml")
  package static let extendedProperties = PartType(
    "application/vnd.openxmlformats-officedocument.extended-properties+xml")
  static let png = PartType("image/png")
  static let jpeg = PartType("image/jpeg")
}

/// What a relationship leads to (ECMA-376 Part 1, 15.2), in the transitional namespace, which every program reads.
package struct RelationshipType: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  private init(_ rawValue: String) { self.rawValue = rawValue }

  package static let officeDocument = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument")
  static let worksheet = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet")
  package static let styles = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles")
  static let sharedStrings = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings")
  package static let theme = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme")
  static let hyperlink = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink")
  package static let comments = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")
  static let threadedComment = RelationshipType(
    "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment")
  static let person = RelationshipType("http://schemas.microsoft.com/office/2017/10/relationships/person")
  static let vmlDrawing = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing")
  static let drawing = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing")
  package static let chart = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
  static let image = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image")
  static let sheetMetadata = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sheetMetadata")
  static let pivotTable = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable")
  static let pivotCacheDefinition = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheDefinition")
  static let pivotCacheRecords = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheRecords")
  static let table = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table")
  package static let coreProperties = RelationshipType(
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties")
  package static let extendedProperties = RelationshipType(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties")
}
