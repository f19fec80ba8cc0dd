/// The content type of a part that this library writes (ECMA-376 Part 1, 15.2 and 12.3).
enum PartType: String, Sendable {
  case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
  case worksheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
  case styles = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
  case sharedStrings = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
  case theme = "application/vnd.openxmlformats-officedocument.theme+xml"
  case comments = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
  case threadedComments = "application/vnd.ms-excel.threadedcomments+xml"
  case persons = "application/vnd.ms-excel.person+xml"
  case vmlDrawing = "application/vnd.openxmlformats-officedocument.vmlDrawing"
  case drawing = "application/vnd.openxmlformats-officedocument.drawing+xml"
  case chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
  case table = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
  case coreProperties = "application/vnd.openxmlformats-package.core-properties+xml"
  case extendedProperties = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
  case png = "image/png"
  case jpeg = "image/jpeg"
}

/// What a relationship leads to (ECMA-376 Part 1, 15.2), in the transitional namespace, which every program reads.
enum RelationshipType: String, Sendable {
  case officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
  case worksheet = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
  case styles = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
  case sharedStrings = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
  case theme = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
  case hyperlink = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
  case comments = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
  case threadedComment = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
  case person = "http://schemas.microsoft.com/office/2017/10/relationships/person"
  case vmlDrawing = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"
  case drawing = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
  case chart = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
  case image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
  case table = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
  case coreProperties =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
  case extendedProperties =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
}
